import fc from 'fast-check';
import type { Json, JsonObject } from './json.ts';
import { codeOf, resolveValue, resolverOf } from './testing/in-memory-assembly.ts';

const names = fc.constantFrom(
  'A',
  'B',
  'C',
  'P',
  'Nobody',
  'constructor',
  '__proto__',
  'AWS::Region',
  'AWS::NoValue',
);
const attributes = fc.constantFrom('Arn', 'Value', 'Outputs.X', 'toString', '');
const functions = fc.constantFrom(
  'Ref',
  'Fn::Sub',
  'Fn::Join',
  'Fn::GetAtt',
  'Fn::Select',
  'Fn::Split',
  'Fn::If',
  'Fn::FindInMap',
  'Fn::ImportValue',
  'Fn::Base64',
  'Fn::GetAZs',
  'Fn::Length',
  'Fn::ToJsonString',
  'Fn::Equals',
  'Fn::And',
  'Fn::Not',
  'Fn::Nope',
  'Condition',
);

/** Values full of calls, right and wrong. */
const { value } = fc.letrec<{ value: Json; call: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), names),
    tie('call'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.string(), names), tie('value'), { maxKeys: 3 }) as fc.Arbitrary<JsonObject>,
  ),
  call: fc.oneof(
    fc.tuple(functions, tie('value')).map(([name, argument]): JsonObject => ({ [name]: argument })),
    names.map((name): JsonObject => ({ Ref: name })),
    fc.tuple(names, attributes).map(([name, attribute]): JsonObject => ({ 'Fn::GetAtt': [name, attribute] })),
    fc
      .tuple(names, fc.string())
      .map(([name, text]): JsonObject => ({ 'Fn::Sub': `${text}\${${name}}\${!x}` })),
    fc
      .tuple(names, tie('value'), tie('value'))
      .map(([name, a, b]): JsonObject => ({ 'Fn::If': [name, a, b] })),
    fc
      .tuple(fc.string(), fc.array(tie('value')))
      .map(([text, list]): JsonObject => ({ 'Fn::Join': [text, list] })),
    fc.constantFrom('{{resolve:ssm:A}}', '{{resolve:secretsmanager:x:SecretString:y}}', '{{resolve:'),
  ) as fc.Arbitrary<JsonObject>,
}));

const parameterResource = (content: Json): JsonObject => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: 'A', Type: 'String', Value: content },
});

describe('any template', () => {
  it('resolves, or is refused with a code', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 4, maxLength: 4 }), ([a, b, c, d]) => {
        const code = codeOf(() => {
          const resolver = resolverOf({
            App: {
              Parameters: { P: { Type: 'String', Default: 'p' } },
              Conditions: { A: c!, B: { 'Fn::Not': [{ Condition: 'A' }] } },
              Resources: { A: parameterResource(a!), B: parameterResource(b!), C: { Type: 'AWS::X::Y' } },
            },
          });
          const stack = resolver.assembly.stacks[0]!;
          resolver.resolve(d!, { stack, path: 'Value' });
          resolver.identified(stack, 'A').property('Value');
        });
        expect(code ?? 'TEMPLATE_').toMatch(/^TEMPLATE_/);
      }),
      { numRuns: 2000 },
    );
  });

  it('without calls resolves to itself', () => {
    const plain = fc
      .jsonValue({ maxDepth: 4 })
      .filter((json) => !/"(Ref|Fn::)|\{\{resolve:/.test(JSON.stringify(json)));
    fc.assert(
      fc.property(plain, (json) => {
        expect(JSON.stringify(resolveValue(json as Json))).toBe(JSON.stringify(json));
      }),
      { numRuns: 500 },
    );
  });

  it('splits what it joined', () => {
    const part = fc.string().filter((text) => !text.includes('|') && !text.includes('{{resolve:'));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const joined: Json = { 'Fn::Join': ['|', parts] };
        expect(resolveValue({ 'Fn::Split': ['|', joined] })).toEqual(parts);
      }),
      { numRuns: 500 },
    );
  });
});
