import { evaluatePolicy } from './evaluate-policy.ts';

const ARN = 'arn:aws:execute-api:eu-central-1:123456789012:a1/prod/GET/users/7';
type Document = Parameters<typeof evaluatePolicy>[0];
const policy = (...statements: [effect: string, resource: string, action?: string][]): Document =>
  ({
    Version: '2012-10-17',
    Statement: statements.map(([Effect, Resource, Action = 'execute-api:Invoke']) => ({
      Effect,
      Resource,
      Action,
    })),
  }) as unknown as Document;

describe('evaluatePolicy', () => {
  it.each([
    ['an exact Allow', policy(['Allow', ARN]), 'allow'],
    ['a wildcard over slashes', policy(['Allow', 'arn:aws:execute-api:*:*:a1/prod/*']), 'allow'],
    ['one character by ?', policy(['Allow', ARN.replace('7', '?')]), 'allow'],
    ['a wildcard action', policy(['Allow', '*', 'execute-api:*']), 'allow'],
    [
      'another stage',
      policy(['Allow', 'arn:aws:execute-api:eu-central-1:123456789012:a1/dev/*']),
      'implicit-deny',
    ],
    ['another action', policy(['Allow', ARN, 'execute-api:InvalidateCache']), 'implicit-deny'],
    ['a dot that is no wildcard', policy(['Allow', ARN.replace('users', 'u.ers')]), 'implicit-deny'],
    ['a prefix', policy(['Allow', ARN.slice(0, -1)]), 'implicit-deny'],
    ['no statement', policy(), 'implicit-deny'],
    ['a Deny before an Allow', policy(['Deny', ARN], ['Allow', '*']), 'explicit-deny'],
    ['a Deny after an Allow', policy(['Allow', '*'], ['Deny', ARN]), 'explicit-deny'],
    ['a Deny of another method', policy(['Deny', ARN.replace('GET', 'PUT')], ['Allow', '*']), 'allow'],
  ])('decides by %s', (_, document, expected) => {
    expect(evaluatePolicy(document, ARN)).toBe(expected);
  });
});
