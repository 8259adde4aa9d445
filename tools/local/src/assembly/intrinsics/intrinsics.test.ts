import type { Json, JsonObject } from '../json.ts';
import { codeOf, resolveValue } from '../testing/in-memory-assembly.ts';

const sections: JsonObject = {
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Count: { Type: 'Number', Default: 3 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
  },
  Mappings: { Sizes: { dev: { memory: 128, names: ['x', 'y'] } } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
    Both: { 'Fn::And': [{ Condition: 'IsDev' }, { 'Fn::Equals': [true, 'true'] }] },
    Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { 'Fn::Equals': [{ Ref: 'Count' }, '3'] }] },
    SameList: {
      'Fn::Equals': [
        ['a', 'b'],
        ['a', 'b'],
      ],
    },
  },
};

const values: readonly (readonly [string, Json, Json | undefined])[] = [
  ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
  ['Ref of a number parameter, as text', { Ref: 'Count' }, '3'],
  ['Ref of a list parameter', { Ref: 'Zones' }, ['a', 'b', 'c']],
  ['Ref of a resource', { Ref: 'Queue' }, 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs'],
  ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-west-1:111122223333:jobs'],
  ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Queue.QueueName' }, 'jobs'],
  ['Fn::Join', { 'Fn::Join': ['-', ['a', 1, true, { Ref: 'Stage' }]] }, 'a-1-true-dev'],
  ['Fn::Join of a list parameter', { 'Fn::Join': ['/', { Ref: 'Zones' }] }, 'a/b/c'],
  ['Fn::Join without elements', { 'Fn::Join': ['-', []] }, ''],
  ['Fn::Join leaves out AWS::NoValue', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::NoValue' }]] }, 'a'],
  ['Fn::Select', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
  ['Fn::Select by text', { 'Fn::Select': ['0', { Ref: 'Zones' }] }, 'a'],
  ['Fn::Split', { 'Fn::Split': [':', 'a:b::c'] }, ['a', 'b', '', 'c']],
  [
    'Fn::Select of Fn::Split of an ARN',
    {
      'Fn::Select': [3, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }],
    },
    'eu-west-1',
  ],
  ['Fn::Sub of names', { 'Fn::Sub': '${AWS::Region}/${Stage}/${Queue.QueueName}' }, 'eu-west-1/dev/jobs'],
  ['Fn::Sub with names of its own', { 'Fn::Sub': ['${Stage}-${Own}', { Own: { Ref: 'Count' } }] }, 'dev-3'],
  ['Fn::Sub names win over parameters', { 'Fn::Sub': ['${Stage}', { Stage: 'own' }] }, 'own'],
  ['Fn::Sub of a literal', { 'Fn::Sub': '${!Stage} $ {x} $Stage' }, '${Stage} $ {x} $Stage'],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 128],
  ['Fn::FindInMap of a list', { 'Fn::FindInMap': ['Sizes', 'dev', 'names'] }, ['x', 'y']],
  ['Fn::If, true', { 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
  ['Fn::If, false', { 'Fn::If': ['IsProd', 'yes', { Ref: 'Stage' }] }, 'dev'],
  ['Fn::If to nothing', { a: { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] }, b: 2 }, { b: 2 }],
  ['Fn::If looks at the taken branch alone', { 'Fn::If': ['IsDev', 1, { Ref: 'Nobody' }] }, 1],
  ['Fn::And', { 'Fn::If': ['Both', 1, 2] }, 1],
  ['Fn::Or', { 'Fn::If': ['Either', 1, 2] }, 1],
  ['Fn::Equals of lists', { 'Fn::If': ['SameList', 1, 2] }, 1],
  ['Fn::Base64', { 'Fn::Base64': 'hé' }, 'aMOp'],
  ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  ['Fn::GetAZs of a region', { 'Fn::Select': [0, { 'Fn::GetAZs': 'us-east-1' }] }, 'us-east-1a'],
  ['Fn::Length', { 'Fn::Length': { Ref: 'Zones' } }, 3],
  [
    'Fn::ToJsonString',
    { 'Fn::ToJsonString': { b: { Ref: 'Stage' }, a: [1, null] } },
    '{"b":"dev","a":[1,null]}',
  ],
  ['AWS::AccountId', { Ref: 'AWS::AccountId' }, '111122223333'],
  ['AWS::Partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['AWS::URLSuffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ['AWS::StackName', { Ref: 'AWS::StackName' }, 'App'],
  ['AWS::NoValue', { Ref: 'AWS::NoValue' }, undefined],
  ['AWS::NotificationARNs', { Ref: 'AWS::NotificationARNs' }, []],
  ['a plain object with two members', { Ref: 'Stage', other: 1 }, { Ref: 'Stage', other: 1 }],
  [
    'an IAM statement, whose Condition is no function',
    { Condition: { Bool: { a: 'b' } } },
    { Condition: { Bool: { a: 'b' } } },
  ],
  ['null', null, null],
];

describe('intrinsic functions', () => {
  it.each(values)('%s', (_name, value, expected) => {
    expect(resolveValue(value, sections)).toEqual(expected);
  });

  it('gives a stack an id in the form of an ARN', () => {
    expect(resolveValue({ Ref: 'AWS::StackId' })).toMatch(
      /^arn:aws:cloudformation:eu-west-1:111122223333:stack\/App\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
  });

  it('keeps a member named __proto__ as a member', () => {
    const value = JSON.parse('{"__proto__":{"Ref":"Stage"}}') as Json;
    expect(JSON.stringify(resolveValue(value, sections))).toBe('{"__proto__":"dev"}');
  });
});

const faults: readonly (readonly [string, Json, string])[] = [
  ['Ref of nobody', { Ref: 'Nobody' }, 'TEMPLATE_UNKNOWN_REFERENCE'],
  ['Ref of a name that every object has', { Ref: 'constructor' }, 'TEMPLATE_UNKNOWN_REFERENCE'],
  ['Ref of no text', { Ref: 5 }, 'TEMPLATE_INTRINSIC'],
  ['Fn::GetAtt of nobody', { 'Fn::GetAtt': ['Nobody', 'Arn'] }, 'TEMPLATE_UNKNOWN_REFERENCE'],
  [
    'Fn::GetAtt of an attribute that the type has not',
    { 'Fn::GetAtt': ['Queue', 'Colour'] },
    'TEMPLATE_UNKNOWN_REFERENCE',
  ],
  ['Fn::GetAtt of an inherited name', { 'Fn::GetAtt': ['Queue', 'toString'] }, 'TEMPLATE_UNKNOWN_REFERENCE'],
  ['Fn::Sub of nobody', { 'Fn::Sub': '${Nobody}' }, 'TEMPLATE_UNKNOWN_REFERENCE'],
  ['Fn::Sub of an object', { 'Fn::Sub': {} }, 'TEMPLATE_INTRINSIC'],
  ['Fn::Sub of a list', { 'Fn::Sub': ['${L}', { L: ['a'] }] }, 'TEMPLATE_INTRINSIC'],
  ['Fn::Join of no list', { 'Fn::Join': ['-', 'ab'] }, 'TEMPLATE_INTRINSIC'],
  ['Fn::Join of an object', { 'Fn::Join': ['-', [{ a: 1 }]] }, 'TEMPLATE_INTRINSIC'],
  ['Fn::Join with one argument', { 'Fn::Join': ['-'] }, 'TEMPLATE_INTRINSIC'],
  ['Fn::Select beyond the end', { 'Fn::Select': [2, ['a', 'b']] }, 'TEMPLATE_INTRINSIC'],
  ['Fn::Select before the start', { 'Fn::Select': [-1, ['a']] }, 'TEMPLATE_INTRINSIC'],
  ['Fn::Split by nothing', { 'Fn::Split': ['', 'a'] }, 'TEMPLATE_INTRINSIC'],
  ['Fn::FindInMap of a missing key', { 'Fn::FindInMap': ['Sizes', 'prod', 'memory'] }, 'TEMPLATE_INTRINSIC'],
  ['Fn::If of a missing condition', { 'Fn::If': ['Nobody', 1, 2] }, 'TEMPLATE_UNKNOWN_REFERENCE'],
  ['Fn::ToJsonString of text', { 'Fn::ToJsonString': 'a' }, 'TEMPLATE_INTRINSIC'],
  ['Fn::ImportValue of nobody', { 'Fn::ImportValue': 'nobody' }, 'TEMPLATE_UNKNOWN_REFERENCE'],
  ['Fn::Transform', { 'Fn::Transform': {} }, 'TEMPLATE_INTRINSIC'],
  ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }, 'TEMPLATE_INTRINSIC'],
  ['a condition function outside of Conditions', { 'Fn::Equals': ['a', 'a'] }, 'TEMPLATE_INTRINSIC'],
];

describe('a call that cannot be resolved', () => {
  it.each(faults)('%s is refused with a code', (_name, value, code) => {
    expect(codeOf(() => resolveValue(value, sections))).toBe(code);
  });

  it('names the place', () => {
    expect(() => resolveValue({ a: [{ Ref: 'Nobody' }] }, sections)).toThrow(
      'App/Value.a.0.Ref: there is no parameter or resource Nobody.',
    );
  });

  it.each<readonly [string, Json]>([
    ['no object', 'x'],
    ['two functions', { 'Fn::Not': [], 'Fn::Or': [] }],
    ['an unknown function', { 'Fn::Xor': [] }],
    ['one operand of Fn::And', { 'Fn::And': [{ Condition: 'C' }] }],
    ['eleven operands of Fn::Or', { 'Fn::Or': Array(11).fill({ 'Fn::Equals': [1, 1] }) as Json[] }],
    ['a Condition without a name', { Condition: 1 }],
  ])('a condition of %s is refused with a code', (_name, condition) => {
    expect(codeOf(() => resolveValue({ 'Fn::If': ['C', 1, 2] }, { Conditions: { C: condition } }))).toBe(
      'TEMPLATE_INTRINSIC',
    );
  });
});
