import { isConditionOperator } from './conditions.ts';

/** One statement of an IAM policy, its single values made lists. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  /** Operator to condition key (lower case) to accepted values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** The statement's JSON as it was given, for traces. */
  readonly source: string;
}

export interface PatternSet {
  /** `NotAction` and `NotResource`: matches what none of the patterns does. */
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** The document is no policy; the message says where. */
export class PolicyFormatError extends Error {
  override readonly name = 'PolicyFormatError';
}

/**
 * Reads a policy document, such as an authorizer's `policyDocument`.
 *
 * @throws PolicyFormatError
 */
export function parsePolicy(document: unknown): readonly PolicyStatement[] {
  if (!isRecord(document)) throw new PolicyFormatError('the policy document is not an object');
  const statements = document['Statement'];
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  return list.map((statement, index) => parseStatement(statement, index));
}

function parseStatement(statement: unknown, index: number): PolicyStatement {
  if (!isRecord(statement)) throw new PolicyFormatError(`Statement[${index}] is not an object`);
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new PolicyFormatError(`Statement[${index}].Effect is neither Allow nor Deny`);
  }
  return {
    effect,
    actions: parsePatterns(statement, 'Action', index),
    resources: parsePatterns(statement, 'Resource', index),
    conditions: parseConditions(statement['Condition'], index),
    source: JSON.stringify(statement),
  };
}

function parsePatterns(
  statement: Readonly<Record<string, unknown>>,
  member: 'Action' | 'Resource',
  index: number,
): PatternSet {
  const negated = statement[member] === undefined;
  const patterns = toStrings(negated ? statement[`Not${member}`] : statement[member]);
  if (patterns === undefined || patterns.length === 0) {
    throw new PolicyFormatError(`Statement[${index}] has no ${member} of strings`);
  }
  return { negated, patterns };
}

function parseConditions(conditions: unknown, index: number): PolicyStatement['conditions'] {
  if (conditions === undefined) return {};
  if (!isRecord(conditions)) throw new PolicyFormatError(`Statement[${index}].Condition is not an object`);
  return Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => {
      if (!isConditionOperator(operator)) {
        throw new PolicyFormatError(`Statement[${index}].Condition has the unknown operator ${operator}`);
      }
      if (!isRecord(keys))
        throw new PolicyFormatError(`Statement[${index}].Condition.${operator} is not an object`);
      const values = Object.entries(keys).map(([key, value]) => {
        const texts = toStrings(value);
        if (texts === undefined) {
          throw new PolicyFormatError(
            `Statement[${index}].Condition.${operator}.${key} is not made of scalars`,
          );
        }
        return [key.toLowerCase(), texts] as const;
      });
      return [operator, Object.fromEntries(values)] as const;
    }),
  );
}

function toStrings(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.map((item) =>
    typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean'
      ? String(item)
      : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
