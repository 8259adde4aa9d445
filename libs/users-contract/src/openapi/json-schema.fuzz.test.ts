import { type Contract, type Schema } from '@gatehouse/http';
import Ajv2020 from 'ajv/dist/2020';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { usersContract } from '../users-contract.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { bodyDefinition } from './openapi-document.ts';
import { usersModels } from './users-models.ts';

const contract: Contract = usersContract;

/** Text of any script, of none, and of halves of characters; lengths around each limit, in both ways of counting. */
const unit = fc.constantFrom('a', 'é', '日', '😀', ' ', '\u0000', '\u2028', '\ud800', '\udc00', '%', '-');
const long = fc
  .tuple(
    fc.constantFrom('a', 'é', '😀', '\ud800'),
    fc.constantFrom(35, 40, 100, 101, 128, 200, 201, 254, 512),
  )
  .map(([one, count]) => one.repeat(count));
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.array(unit, { maxLength: 6 }).map((units) => units.join('')),
  long,
  fc.tuple(long, unit).map((parts) => parts.join('')),
);

const plausible: Readonly<Record<string, readonly unknown[]>> = {
  email: ['ada@example.com', 'a@b.co'],
  name: ['Ada', '日本 😀', '😀'.repeat(101), '😀'.repeat(200)],
  locale: ['en-GB', null],
  version: [1, 0, 1.5, '1'],
  subject: ['https://issuer.example/#ada'],
  occurredAt: ['2026-11-22T10:00:00Z'],
  limit: [1, 100, 101, 'x'],
  order: ['asc', 'desc'],
  cursor: ['abc'],
  id: ['6f1c2f0e-2f5b-4b1e-9a55-0c8f4c3f7a10'],
  externalId: ['directory|42'],
};

/** Objects that have the schema's members, each mostly as it should be. */
function candidates(properties: readonly string[]): fc.Arbitrary<unknown> {
  const members = properties.map((name) => [
    name,
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...(plausible[name] ?? ['x'])) },
      { weight: 1, arbitrary: text },
    ),
  ]);
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: ['email', 'name', 'id', 'externalId', 'occurredAt'].filter((key) =>
      properties.includes(key),
    ),
  });
}

interface Rules {
  readonly name: string;
  readonly schema: Schema;
  readonly published: readonly object[];
}

const rules: readonly Rules[] = Object.entries(contract).flatMap(([id, { request = {} }]) => {
  const { params, query, body } = request;
  const parts = { params, query, body: body === undefined ? undefined : bodyDefinition(body).schema };
  return Object.entries(parts).flatMap(([part, schema]) =>
    schema === undefined
      ? []
      : [
          {
            name: `the ${part} of ${id}`,
            schema,
            published: [
              jsonSchemaOf(schema, { side: 'request', draft: '2020-12' }),
              ...usersModels
                .filter(({ operationId }) => part === 'body' && operationId === id)
                .map((m) => m.schema),
            ],
          },
        ],
  );
});

/** With and without the `u` flag: JSON Schema does not say by which a validator reads patterns. */
function validators(schema: object): readonly ((value: unknown) => boolean)[] {
  return [true, false].map((unicodeRegExp) => {
    const options = { strict: false, unicodeRegExp };
    const ajv = '$schema' in schema ? new Ajv04(options) : new Ajv2020(options);
    const validate = addFormats(ajv).compile(structuredClone(schema));
    return (value) => validate(value);
  });
}

describe.each(rules)('$name', ({ schema, published }) => {
  const compiled = published.flatMap(validators);

  it('takes by every published schema what the handler takes, in any script, and nothing else', async () => {
    const { properties = {} } = published[0] as { readonly properties?: object };
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(candidates(Object.keys(properties)), async (value) => {
        const { issues } = await schema['~standard'].validate(value);
        taken += issues === undefined ? 1 : 0;
        expect(compiled.map((validate) => validate(value))).toEqual(compiled.map(() => issues === undefined));
      }),
      { numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(0);
  });
});
