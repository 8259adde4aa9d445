import { execFileSync } from 'node:child_process';
import { usersContract } from '../users-contract.ts';
import { namedSchemas } from '../schemas/named-schemas.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { createUsersDocument } from './users-document.ts';

interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, object>>;
}
const document = createUsersDocument() as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
};

/** The validator is an ES module that reads its own URL, which Jest's CommonJS has not: it runs in a process of its own. */
function validateIndependently(subject: unknown): unknown {
  const script = `
    import { Validator } from '@seriousme/openapi-schema-validator';
    import { text } from 'node:stream/consumers';
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(await text(process.stdin)));
    console.log(JSON.stringify({ version: validator.version, ...result }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: __dirname,
    input: JSON.stringify(subject),
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 by an independent validator', () => {
    expect(validateIndependently(document)).toEqual({ version: '3.1', valid: true });
  });

  it('would not be without its title', () => {
    expect(validateIndependently({ ...document, info: {} })).toMatchObject({ valid: false });
  });

  it('has every operation of the contract, once', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids.sort()).toEqual(Object.keys(usersContract).sort());
  });

  it.each(['/users/me', '/users/{id}'])('says of %s how to ask for a version that is new', (path) => {
    const { parameters, responses } = document.paths[path]?.['get'] ?? {};
    expect(parameters?.map(({ name }) => name)).toContain('If-None-Match');
    expect(responses?.['304']).toEqual(expect.not.objectContaining({ content: expect.anything() }));
  });

  it.each(Object.entries(namedSchemas))(
    'has one schema of %s, which means the same in requests as in answers',
    (_name, schema) => {
      const [request, response] = (['request', 'response'] as const).map((side) =>
        jsonSchemaOf(schema, { side, draft: '2020-12' }),
      );
      expect(request).toEqual(response);
    },
  );
});
