import type { PolicyResult } from '../policy/whole-stage-policy.ts';

/** What a gateway makes of a policy for one method. */
export type PolicyDecision = 'allow' | 'explicit-deny' | 'implicit-deny';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Effect: string;
  readonly Resource: string | readonly string[];
}

/**
 * Evaluates an authorizer's policy for a method ARN by IAM's documented logic: an explicit Deny that matches wins, else an Allow that matches, else the
 * answer is an implicit deny. `*` matches any text, slashes included, `?` one character. Independent of the local host's own evaluator.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicy(
  policy: PolicyResult['policyDocument'],
  methodArn: string,
  action = 'execute-api:Invoke',
): PolicyDecision {
  const statements: readonly Statement[] = policy.Statement;
  const effects = statements
    .filter(({ Action, Resource }) => matchesAny(Action, action) && matchesAny(Resource, methodArn))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'explicit-deny';
  return effects.includes('Allow') ? 'allow' : 'implicit-deny';
}

function matchesAny(patterns: string | readonly string[], text: string): boolean {
  return [patterns].flat().some((pattern) => toRegExp(pattern).test(text));
}

function toRegExp(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
}
