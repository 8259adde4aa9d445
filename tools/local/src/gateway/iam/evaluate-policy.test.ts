import { evaluatePolicy } from './evaluate-policy.ts';
import { parsePolicy, PolicyFormatError } from './policy.ts';

const ARN = 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/users/42';

function decide(statements: readonly object[], context: Record<string, string> = {}): string {
  const question = { action: 'execute-api:Invoke', resource: ARN, context };
  return evaluatePolicy(parsePolicy({ Statement: statements }), question).decision;
}

const allow = (parts: object = {}): object => ({
  Effect: 'Allow',
  Action: 'execute-api:Invoke',
  Resource: ARN,
  ...parts,
});
const deny = (parts: object = {}): object => ({ ...allow(parts), Effect: 'Deny' });

describe('evaluatePolicy', () => {
  it.each([
    ['denies by default', [], 'implicit-deny'],
    ['allows what a statement allows', [allow()], 'allow'],
    ['lets any Deny win over any Allow, whatever the order', [allow(), deny()], 'explicit-deny'],
    ['lets any Deny win over any Allow, whatever the order', [deny(), allow()], 'explicit-deny'],
    ['ignores a Deny for another resource', [deny({ Resource: `${ARN}x` }), allow()], 'allow'],
    [
      'takes lists of actions and resources',
      [allow({ Action: ['a:B', 'execute-api:*'], Resource: ['x', ARN] })],
      'allow',
    ],
    ['compares actions without regard to case', [allow({ Action: 'EXECUTE-API:invoke' })], 'allow'],
    ['compares resources with regard to case', [allow({ Resource: ARN.toUpperCase() })], 'implicit-deny'],
    ['lets a star cross slashes', [allow({ Resource: 'arn:aws:execute-api:*:*:abc/prod/*' })], 'allow'],
    ['lets a question mark stand for one character', [allow({ Resource: ARN.replace('42', '??') })], 'allow'],
    ['lets a question mark stand for no fewer', [allow({ Resource: `${ARN}?` })], 'implicit-deny'],
    ['applies NotAction to every other action', [allow({ Action: undefined, NotAction: 's3:*' })], 'allow'],
    [
      'does not apply NotAction to its own',
      [allow({ Action: undefined, NotAction: 'execute-api:*' })],
      'implicit-deny',
    ],
    [
      'applies NotResource to every other resource',
      [deny({ Resource: undefined, NotResource: 'x' })],
      'explicit-deny',
    ],
    ['takes a single statement that is no list', allow(), 'allow'],
  ])('%s', (_name, statements, decision) => {
    expect(decide([statements].flat())).toBe(decision);
  });

  it.each([
    [{ StringEquals: { 'aws:SourceIp': 'x' } }, {}, 'implicit-deny'],
    [{ StringEqualsIfExists: { 'aws:SourceIp': 'x' } }, {}, 'allow'],
    [{ StringNotEquals: { 'aws:SourceIp': 'x' } }, {}, 'allow'],
    [{ Null: { 'aws:SourceIp': 'true' } }, {}, 'allow'],
    [{ Null: { 'aws:SourceIp': false } }, {}, 'implicit-deny'],
    [{ IpAddress: { 'AWS:sourceIP': ['10.0.0.0/8', '192.0.2.1'] } }, { 'aws:sourceip': '10.9.8.7' }, 'allow'],
    [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { 'aws:sourceip': '11.0.0.1' }, 'implicit-deny'],
    [
      { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '11.0.0.0/8'] } },
      { 'aws:sourceip': '11.0.0.1' },
      'implicit-deny',
    ],
    [{ IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, { 'aws:sourceip': '2001:db8::1' }, 'allow'],
    [{ StringLike: { 'aws:UserAgent': 'curl/*' } }, { 'aws:useragent': 'curl/8' }, 'allow'],
    [
      { StringNotLike: { 'aws:UserAgent': ['a*', 'curl/*'] } },
      { 'aws:useragent': 'curl/8' },
      'implicit-deny',
    ],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:securetransport': 'true' }, 'allow'],
    [
      { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
      { 'aws:currenttime': '2026-11-22T00:00:00Z' },
      'allow',
    ],
    [{ NumericGreaterThan: { 'aws:EpochTime': 5 } }, { 'aws:epochtime': '5' }, 'implicit-deny'],
    [
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, Bool: { 'aws:SecureTransport': 'false' } },
      { 'aws:sourceip': '10.0.0.1', 'aws:securetransport': 'true' },
      'implicit-deny',
    ],
  ])('evaluates the condition %j', (condition, context, decision) => {
    expect(decide([allow({ Condition: condition })], context as Record<string, string>)).toBe(decision);
  });

  it('tells the statement that decided', () => {
    const question = { action: 'execute-api:Invoke', resource: ARN, context: {} };
    const { statement } = evaluatePolicy(parsePolicy({ Statement: [allow(), deny()] }), question);
    expect(JSON.parse(statement ?? '')).toEqual(deny());
  });

  it.each([
    ['nothing', null],
    ['a string', 'Allow'],
    ['a statement that is none', { Statement: ['Allow'] }],
    ['no effect', { Statement: [{ Action: '*', Resource: '*' }] }],
    ['no action', { Statement: [{ Effect: 'Allow', Resource: '*' }] }],
    ['an empty list of resources', { Statement: [{ Effect: 'Allow', Action: '*', Resource: [] }] }],
    [
      'an operator that IAM does not have',
      { Statement: [allow({ Condition: { StringMatches: { a: 'b' } } })] },
    ],
    ['a condition value that is an object', { Statement: [allow({ Condition: { StringLike: { a: {} } } })] }],
  ])('refuses %s as a policy', (_name, document) => {
    expect(() => parsePolicy(document)).toThrow(PolicyFormatError);
  });
});
