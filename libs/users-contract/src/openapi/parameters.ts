import type { Operation, Schema } from '@gatehouse/http';
import { isVersionedRead } from './kernel-answers.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';

export type ParameterLocation = 'path' | 'query' | 'header';

/** One parameter of an operation, as OpenAPI 3.1 has it. */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

/** What the kernel takes: a quoted string of 1 to 255 characters (RFC 8941 3.3.3), or a bare UUID or token. */
const IDEMPOTENCY_KEY = /^(?:"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255}"|[A-Za-z0-9_-]{1,255})$/;

/** Every parameter of an operation: those of its schemas, and those that its declared features read. */
export function parametersOf(operation: Operation): readonly Parameter[] {
  const { request = {}, examples = {} } = operation;
  return [
    ...schemaParameters('path', request.params, examples.params),
    ...schemaParameters('query', request.query, examples.query),
    ...schemaParameters('header', request.headers, examples.headers),
    ...featureParameters(operation),
  ];
}

function schemaParameters(
  location: ParameterLocation,
  schema: Schema | undefined,
  examples: Readonly<Record<string, unknown>> = {},
): readonly Parameter[] {
  if (schema === undefined) {
    return [];
  }
  const { properties = {}, required = [] } = jsonSchemaOf(schema, { side: 'request', draft: '2020-12' }) as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: location,
    required: location === 'path' || required.includes(name),
    ...(typeof description === 'string' ? { description } : {}),
    schema: rest,
    ...(Object.hasOwn(examples, name) ? { example: examples[name] } : {}),
  }));
}

function featureParameters(operation: Operation): readonly Parameter[] {
  const { precondition, idempotency } = operation;
  const parameters: Parameter[] = [];
  if (precondition !== undefined) {
    parameters.push({
      ...entityTags(
        'If-Match',
        'Entity tags of the versions that the change may be made to (RFC 9110 13.1.1).',
      ),
      required: precondition === 'required',
    });
  }
  if (precondition !== undefined || isVersionedRead(operation)) {
    parameters.push(
      entityTags(
        'If-None-Match',
        precondition === undefined
          ? 'Entity tags of the versions that the caller has (RFC 9110 13.1.2).'
          : 'Entity tags of the versions that the change must not be made to (RFC 9110 13.1.2).',
      ),
    );
  }
  if (idempotency !== undefined) {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: idempotency === 'required',
      description:
        'Names this request, so that sending it again gives the first answer again. A quoted string (RFC 8941 3.3.3), or a bare token.',
      schema: { type: 'string', pattern: IDEMPOTENCY_KEY.source },
      example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
    });
  }
  return parameters;
}

function entityTags(name: string, description: string): Parameter {
  return { name, in: 'header', required: false, description, schema: { type: 'string' }, example: '"1"' };
}
