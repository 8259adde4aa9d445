import { BlockList, isIP } from 'node:net';
import { matchesWildcards } from './wildcards.ts';

/** What a request says of itself, by lower-case condition key: `aws:sourceip`. */
export type ConditionContext = Readonly<Record<string, string | undefined>>;

type Test = (actual: string, expected: string) => boolean;

const POSITIVE_TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (actual, expected) => actual === expected,
  StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  StringLike: (actual, expected) => matchesWildcards(expected, actual),
  ArnEquals: (actual, expected) => matchesWildcards(expected, actual),
  ArnLike: (actual, expected) => matchesWildcards(expected, actual),
  NumericEquals: (actual, expected) => Number(actual) === Number(expected),
  NumericLessThan: (actual, expected) => Number(actual) < Number(expected),
  NumericLessThanEquals: (actual, expected) => Number(actual) <= Number(expected),
  NumericGreaterThan: (actual, expected) => Number(actual) > Number(expected),
  NumericGreaterThanEquals: (actual, expected) => Number(actual) >= Number(expected),
  DateEquals: (actual, expected) => toTime(actual) === toTime(expected),
  DateLessThan: (actual, expected) => toTime(actual) < toTime(expected),
  DateLessThanEquals: (actual, expected) => toTime(actual) <= toTime(expected),
  DateGreaterThan: (actual, expected) => toTime(actual) > toTime(expected),
  DateGreaterThanEquals: (actual, expected) => toTime(actual) >= toTime(expected),
  Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  IpAddress: isInRange,
};

/** The operators that are true when the one they are made from is false for every value. */
const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

/** Whether IAM has such an operator, with its set prefix and its `IfExists` taken off. */
export function isConditionOperator(operator: string): boolean {
  const { name } = readOperator(operator);
  return operator === 'Null' || (NEGATIONS[name] ?? name) in POSITIVE_TESTS;
}

/**
 * Whether one condition block entry holds. Values of a key are alternatives; a key that the request does not have fails
 * an operator, but satisfies a negated one and one that ends in `IfExists`.
 */
export function conditionHolds(
  operator: string,
  actual: string | undefined,
  accepted: readonly string[],
): boolean {
  if (operator === 'Null') return accepted.includes(String(actual === undefined));
  const { name, ifExists } = readOperator(operator);
  const positive = NEGATIONS[name] ?? name;
  const test = POSITIVE_TESTS[positive];
  const negated = positive !== name;
  if (test === undefined) return false;
  if (actual === undefined) return ifExists || negated;
  return accepted.some((expected) => test(actual, expected)) !== negated;
}

/** `ForAnyValue:StringLikeIfExists` -> StringLike. The host's keys have one value each, where both set forms agree. */
function readOperator(operator: string): { name: string; ifExists: boolean } {
  const allValues = operator.startsWith('ForAllValues:');
  const bare = operator.replace(/^For(?:AllValues|AnyValue):/, '');
  const ifExists = bare.endsWith('IfExists');
  return { name: ifExists ? bare.slice(0, -'IfExists'.length) : bare, ifExists: ifExists || allValues };
}

function toTime(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function isInRange(address: string, range: string): boolean {
  const [network = '', prefix] = range.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(network) === 0 || isIP(network) !== isIP(address)) return false;
  const bits = prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix);
  if (!Number.isInteger(bits) || bits < 0 || bits > (family === 'ipv6' ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(address, family);
}
