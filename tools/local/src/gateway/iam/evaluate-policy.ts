import { conditionHolds, type ConditionContext } from './conditions.ts';
import type { PatternSet, PolicyStatement } from './policy.ts';
import { matchesWildcards } from './wildcards.ts';

export interface PolicyQuestion {
  /** Such as `execute-api:Invoke`; compared without regard to case. */
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

export interface PolicyDecision {
  readonly decision: 'allow' | 'explicit-deny' | 'implicit-deny';
  /** The statement that decided, as it was given. */
  readonly statement?: string;
}

/** IAM's evaluation of one policy: any matching Deny wins, else any matching Allow, else an implicit deny. */
export function evaluatePolicy(
  statements: readonly PolicyStatement[],
  question: PolicyQuestion,
): PolicyDecision {
  let allowedBy: PolicyStatement | undefined;
  for (const statement of statements) {
    if (!applies(statement, question)) continue;
    if (statement.effect === 'Deny') return { decision: 'explicit-deny', statement: statement.source };
    allowedBy ??= statement;
  }
  return allowedBy === undefined
    ? { decision: 'implicit-deny' }
    : { decision: 'allow', statement: allowedBy.source };
}

function applies(statement: PolicyStatement, question: PolicyQuestion): boolean {
  return (
    matchesSet(statement.actions, (pattern) =>
      matchesWildcards(pattern.toLowerCase(), question.action.toLowerCase()),
    ) &&
    matchesSet(statement.resources, (pattern) => matchesWildcards(pattern, question.resource)) &&
    Object.entries(statement.conditions).every(([operator, keys]) =>
      Object.entries(keys).every(([key, accepted]) =>
        conditionHolds(operator, question.context[key], accepted),
      ),
    )
  );
}

function matchesSet(set: PatternSet, matches: (pattern: string) => boolean): boolean {
  return set.patterns.some(matches) !== set.negated;
}
