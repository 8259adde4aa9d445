import type { Contract, Schema } from '@gatehouse/http';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { usersContract } from '../users-contract.ts';
import { createUsersDocument } from './users-document.ts';
import { bodyDefinition } from './openapi-document.ts';

const contract: Contract = usersContract;

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}
interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly schema: object;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
const document = createUsersDocument() as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
};
const documented = Object.values(document.paths).flatMap((path) => Object.values(path));

/** A validator of JSON Schema that knows nothing of valibot; it sees what a caller's tools see. */
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema(document, 'users');

function expectValid(schema: object, value: unknown): void {
  const resolved = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"users#/')) as object;
  const validate = ajv.compile(resolved);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

async function issuesOf(schema: Schema, value: unknown): Promise<unknown> {
  const result = await schema['~standard'].validate(value);
  return result.issues ?? [];
}

describe.each(documented)(
  'the documentation of $operationId',
  ({ parameters = [], requestBody, responses }) => {
    it('has examples that its own JSON Schemas accept', () => {
      for (const { schema, example } of parameters.filter(({ example }) => example !== undefined)) {
        expectValid(schema, example);
      }
      const media = [requestBody, ...Object.values(responses)].flatMap((part) =>
        Object.values(part?.content ?? {}),
      );
      for (const { schema, example } of media.filter(({ example }) => example !== undefined)) {
        expectValid(schema, example);
      }
    });
  },
);

describe.each(Object.entries(contract))(
  'the examples of %s',
  (_, { request = {}, responses, examples = {} }) => {
    it('hold by the schemas that the handler checks', async () => {
      const body = request.body === undefined ? undefined : bodyDefinition(request.body).schema;
      const parts: readonly (readonly [Schema | undefined, unknown])[] = [
        [request.params, examples.params],
        [request.query, examples.query],
        [body, examples.body],
      ];
      for (const [schema, example] of parts) {
        expect(schema === undefined).toBe(example === undefined);
        if (schema !== undefined) {
          expect(await issuesOf(schema, example)).toEqual([]);
        }
      }
      for (const [status, example] of Object.entries(examples.responses ?? {})) {
        const response = responses[Number(status)];
        expect(response).toHaveProperty('body');
        expect(await issuesOf((response as { body: Schema }).body, example)).toEqual([]);
      }
    });
  },
);
