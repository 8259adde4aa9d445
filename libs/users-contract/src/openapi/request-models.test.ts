import type { Contract } from '@gatehouse/http';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { usersContract } from '../users-contract.ts';
import { toDraft04 } from './draft-04.ts';
import { bodyDefinition } from './openapi-document.ts';
import { usersModels, usersRequiredParameters } from './users-models.ts';

const contract: Contract = usersContract;
const ajv = addFormats(new Ajv04({ strict: true }));

const valid = { email: 'ada@example.com', name: 'Ada' };
/** Bodies of every kind; what matters is that both sides say the same of each. */
const bodies: readonly unknown[] = [
  valid,
  {},
  null,
  [],
  'text',
  7,
  { ...valid, locale: 'en-GB' },
  { ...valid, locale: 'english language' },
  { ...valid, locale: null },
  { ...valid, email: 'ada' },
  { ...valid, email: `${'a'.repeat(65)}@example.com` },
  { ...valid, email: 'ada@example.com ' },
  { ...valid, email: 'ada@-example.com' },
  { ...valid, email: 'ada@exämple.com' },
  { ...valid, name: '' },
  { ...valid, name: '   ' },
  { ...valid, name: 'a\u0000b' },
  { ...valid, name: 'x'.repeat(200) },
  { ...valid, name: 'x'.repeat(201) },
  { ...valid, name: '😀'.repeat(200) },
  { ...valid, name: '😀'.repeat(201) },
  { ...valid, name: 'x\ud800' },
  { ...valid, name: 12 },
  { ...valid, version: 1 },
  { ...valid, version: 0 },
  { ...valid, version: 1.5 },
  { ...valid, version: '1' },
  { ...valid, subject: 'https://issuer.example/#ada' },
  { ...valid, subject: 'no separator' },
  { ...valid, occurredAt: '2026-11-22T10:00:00Z' },
  { ...valid, occurredAt: '2026-11-22 10:00:00' },
  { ...valid, occurredAt: '2026-13-22T10:00:00Z' },
  { ...valid, occurredAt: '2026-02-31T10:00:00Z' },
  { ...valid, admin: true },
  { name: 'Ada' },
  { email: 'ada@example.com' },
];

describe.each(usersModels)('the model of $operationId', ({ operationId, schema, name }) => {
  const validate = ajv.compile(structuredClone(schema));

  it('has a name that API Gateway takes', () => {
    expect(name).toMatch(/^[A-Za-z0-9]+$/);
  });

  it('accepts what the handler accepts, and nothing else', async () => {
    const body = contract[operationId]!.request!.body!;
    const checked = bodyDefinition(body).schema;
    const verdicts = await Promise.all(
      bodies.map(async (value) => (await checked['~standard'].validate(value)).issues === undefined),
    );
    expect(bodies.map((value) => validate(value))).toEqual(verdicts);
    expect(verdicts).toContain(true);
    expect(verdicts).toContain(false);
  });
});

it('has a model for each operation with a body', () => {
  const withBody = Object.keys(contract).filter((id) => contract[id]?.request?.body !== undefined);
  expect(usersModels.map(({ operationId }) => operationId)).toEqual(withBody);
});

it('requires the parameters that the contract requires', () => {
  expect(usersRequiredParameters).toEqual([
    { operationId: 'deleteExternalUser', names: ['method.request.querystring.occurredAt'] },
  ]);
});

describe('toDraft04', () => {
  it.each([
    [{ const: 1 }, { enum: [1] }],
    [{ exclusiveMinimum: 1 }, { minimum: 1, exclusiveMinimum: true }],
    [{ exclusiveMaximum: 9 }, { maximum: 9, exclusiveMaximum: true }],
    [{ type: 'object', required: [], examples: [] }, { type: 'object' }],
    [{ anyOf: [{ const: 'a' }] }, { anyOf: [{ enum: ['a'] }] }],
    [
      { type: 'array', items: { properties: { a: { const: 1 } }, additionalProperties: { const: 2 } } },
      { type: 'array', items: { properties: { a: { enum: [1] } }, additionalProperties: { enum: [2] } } },
    ],
  ])('writes %j as %j', (draft07, draft04) => {
    expect(toDraft04(draft07)).toEqual(draft04);
  });

  it.each([[true], [{ if: {} }], [{ propertyNames: {} }], [{ items: [{}] }], [{ $ref: '#' }]])(
    'refuses %j, which it cannot say',
    (schema) => {
      expect(() => {
        const written = toDraft04(schema);
        ajv.compile(written as object);
      }).toThrow();
    },
  );
});
