import type { Json, JsonObject } from './json.ts';
import { createResolver } from './resolver.ts';
import type { Resolver } from './resolver.ts';
import {
  assemblyOf,
  codeOf,
  resolveValue,
  resolverOf,
  templateWith,
  testPlace,
} from './testing/in-memory-assembly.ts';
import type { StackScope } from './template.ts';

function valueIn(resolver: Resolver, stackName: string, value: Json): Json | undefined {
  const stack = resolver.assembly.stacks.find(({ name }) => name === stackName)!;
  return resolver.resolve(value, { stack, path: 'Value' });
}

const data: JsonObject = {
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'users' } },
    Name: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/app/table', Type: 'String', Value: { Ref: 'Table' } },
    },
    Zones: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/app/zones', Type: 'StringList', Value: 'a,b' },
    },
  },
  Outputs: {
    TableArn: {
      Value: { 'Fn::GetAtt': ['Table', 'Arn'] },
      Export: { Name: { 'Fn::Sub': '${AWS::StackName}:arn' } },
    },
  },
};

describe('a value from another stack', () => {
  const resolver = resolverOf({
    App: templateWith({
      Parameters: {
        TableName: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/app/table' },
        Zones: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/app/zones' },
        Missing: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/app/missing' },
      },
    }),
    Data: data,
  });

  it('comes by an export', () => {
    expect(valueIn(resolver, 'App', { 'Fn::ImportValue': 'Data:arn' })).toBe(
      'arn:aws:dynamodb:eu-west-1:111122223333:table/users',
    );
  });

  it('comes by an SSM parameter, whose text a template parameter names', () => {
    expect(valueIn(resolver, 'App', { Ref: 'TableName' })).toBe('users');
    expect(valueIn(resolver, 'App', { Ref: 'Zones' })).toEqual(['a', 'b']);
  });

  it('comes by a dynamic reference to an SSM parameter', () => {
    expect(valueIn(resolver, 'App', 'x-{{resolve:ssm:/app/table:1}}-{{resolve:ssm:/app/zones}}')).toBe(
      'x-users-a,b',
    );
  });

  it('is refused with the parameter and the place when no stack has it', () => {
    expect(() => valueIn(resolver, 'App', { a: { Ref: 'Missing' } })).toThrow(
      'App/Value.a.Ref: no stack of the assembly has the SSM parameter "/app/missing".',
    );
    expect(codeOf(() => valueIn(resolver, 'App', '{{resolve:ssm:/app/missing}}'))).toBe(
      'TEMPLATE_UNKNOWN_REFERENCE',
    );
  });
});

describe('a parameter', () => {
  const sections: JsonObject = { Parameters: { P: { Type: 'String' } } };

  it('without a value and a default is refused, and the refusal says how to give it', () => {
    expect(() => resolveValue({ Ref: 'P' }, sections)).toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_MISSING_PARAMETER',
        hint: 'Give it with --parameter App:P=VALUE.',
      }),
    );
  });

  it.each([['P'], ['App:P']])('takes the value given as %s', (name) => {
    expect(resolveValue({ Ref: 'P' }, sections, { parameters: new Map([[name, 'given']]) })).toBe('given');
  });

  it('that nobody asks for may be without a value', () => {
    expect(resolveValue('x', sections)).toBe('x');
  });
});

describe('a secret in a dynamic reference', () => {
  const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-abc123';
  const secretText = (id: string): string | undefined =>
    ({ db: '{"user":"u","port":5}', [arn]: '{"user":"by-arn"}', plain: 'text' })[id];

  it.each([
    ['{{resolve:secretsmanager:db:SecretString:user}}', 'u'],
    ['{{resolve:secretsmanager:db:SecretString:port::}}', '5'],
    ['{{resolve:secretsmanager:plain}}', 'text'],
    ['{{resolve:secretsmanager:plain:SecretString}}', 'text'],
    [`{{resolve:secretsmanager:${arn}:SecretString:user:AWSCURRENT:}}`, 'by-arn'],
  ])('%s', (reference, expected) => {
    expect(resolveValue(reference, {}, { secretText })).toBe(expected);
  });

  it.each([
    ['an unknown secret', '{{resolve:secretsmanager:nobody}}'],
    ['an unknown key', '{{resolve:secretsmanager:db:SecretString:colour}}'],
    ['a key of a secret that is not JSON', '{{resolve:secretsmanager:plain:SecretString:user}}'],
  ])('%s is refused without the text of a secret', (_name, reference) => {
    const call = (): unknown => resolveValue(reference, {}, { secretText });
    expect(codeOf(call)).toBe('TEMPLATE_UNKNOWN_REFERENCE');
    expect(call).not.toThrow(/"u"|text/);
  });
});

describe('a nested stack', () => {
  const parent = assemblyOf({
    Parent: {
      Resources: {
        Child: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { Parameters: { In: { Ref: 'AWS::Region' } } },
        },
        Off: { Type: 'AWS::CloudFormation::Stack', Condition: 'Never' },
      },
      Conditions: { Never: { 'Fn::Equals': [1, 2] } },
    },
  }).stacks[0]!;
  const child = (logicalId: string): StackScope => ({
    ...assemblyOf({
      [logicalId]: templateWith({
        Parameters: { In: { Type: 'String' } },
        Outputs: { Out: { Value: { 'Fn::Sub': 'out-${In}' } } },
      }),
    }).stacks[0]!,
    nestedIn: { stack: parent, logicalId },
  });
  const both = createResolver(
    { source: 'memory', stacks: [parent, child('Child'), child('Off')] },
    { place: testPlace, parameters: new Map(), secretText: () => undefined },
  );

  it('takes values of its parent and gives its outputs back', () => {
    expect(valueIn(both, 'Parent', { 'Fn::GetAtt': ['Child', 'Outputs.Out'] })).toBe('out-eu-west-1');
    expect(codeOf(() => valueIn(both, 'Parent', { 'Fn::GetAtt': ['Child', 'Outputs.Nope'] }))).toBe(
      'TEMPLATE_UNKNOWN_REFERENCE',
    );
  });

  it('exists when the resource that it is in its parent exists', () => {
    expect(both.exists(both.assembly.stacks[1]!, 'Queue')).toBe(true);
    expect(both.exists(both.assembly.stacks[2]!, 'Queue')).toBe(false);
  });
});

describe('a circle', () => {
  const parameter = (name: string, value: Json): JsonObject => ({
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: name, Type: 'String', Value: value },
  });

  it.each<readonly [string, JsonObject, JsonObject]>([
    ['by Ref', { Value: { Ref: 'B' } }, { Value: { Ref: 'A' } }],
    ['by Fn::GetAtt', { Value: { 'Fn::GetAtt': ['B', 'Value'] } }, { Value: { 'Fn::GetAtt': 'A.Value' } }],
    [
      'by Fn::Sub',
      { Value: { 'Fn::Sub': 'x${B}' } },
      { Value: { 'Fn::Sub': ['${y}', { y: { 'Fn::Sub': '${A.Value}' } }] } },
    ],
  ])('of resources %s is refused with the way round', (_name, a, b) => {
    expect(() =>
      resolverOf({
        App: {
          Resources: {
            A: { Type: 'AWS::SSM::Parameter', Properties: a },
            B: { Type: 'AWS::SSM::Parameter', Properties: b },
          },
        },
      }),
    ).toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_CYCLE',
        message: 'App: circular dependency between resources: A -> B -> A.',
      }),
    );
  });

  it('of resources by DependsOn is refused', () => {
    expect(codeOf(() => resolverOf({ App: { Resources: { A: { Type: 'T', DependsOn: ['A'] } } } }))).toBe(
      'TEMPLATE_CYCLE',
    );
  });

  it('through other stacks is refused', () => {
    const resolver = resolverOf({
      One: {
        Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/two' } },
        Resources: { A: parameter('/one', { Ref: 'P' }) },
      },
      Two: {
        Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/one' } },
        Resources: { B: parameter('/two', { Ref: 'P' }) },
      },
    });
    expect(() => valueIn(resolver, 'One', { Ref: 'P' })).toThrow(
      /a value needs itself: .*-> parameter One\/P/,
    );
  });

  it('of conditions is refused', () => {
    const Conditions = { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } };
    expect(codeOf(() => resolveValue({ 'Fn::If': ['A', 1, 2] }, { Conditions }))).toBe('TEMPLATE_CYCLE');
  });

  it('is not a long chain', () => {
    const Resources = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `R${index}`,
        { Type: 'T', DependsOn: index === 0 ? [] : [`R${index - 1}`] },
      ]),
    );
    expect(codeOf(() => resolverOf({ App: { Resources } }))).toBeUndefined();
  });
});

describe('a value that is nested too deep', () => {
  it('is refused with a code', () => {
    const deep = JSON.parse(`${'['.repeat(5000)}1${']'.repeat(5000)}`) as Json;
    expect(codeOf(() => resolveValue(deep))).toBe('TEMPLATE_TOO_DEEP');
  });
});

describe('a resource of a type that the host does not know', () => {
  const sections: JsonObject = { Resources: { Acl: { Type: 'AWS::WAFv2::WebACL' } } };

  it('has stand-ins for its references, the same at every start', () => {
    const arn = resolveValue({ 'Fn::GetAtt': ['Acl', 'Arn'] }, sections);
    expect(arn).toMatch(/^arn:aws:wafv2:eu-west-1:111122223333:App-Acl-[0-9A-Z]{12}$/);
    expect(resolveValue({ 'Fn::GetAtt': ['Acl', 'Arn'] }, sections)).toBe(arn);
    expect(resolveValue({ 'Fn::GetAtt': ['Acl', 'Capacity'] }, sections)).toMatch(/\.Capacity$/);
  });
});

describe('generated names', () => {
  it('keep to the length that the type allows', () => {
    const logicalId = 'F'.repeat(100);
    const resolver = resolverOf({ App: { Resources: { [logicalId]: { Type: 'AWS::Lambda::Function' } } } });
    expect(valueIn(resolver, 'App', { Ref: logicalId })).toMatch(/^App-F{47}-[0-9A-Z]{12}$/);
  });
});
