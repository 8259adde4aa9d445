import type {
  Access,
  BodyDefinition,
  Contract,
  Operation,
  ProblemsDefinition,
  ResponseDefinition,
  Schema,
} from '@gatehouse/http';
import { answersOf } from './answers.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { parametersOf } from './parameters.ts';
import { problemSchema } from './problem-schema.ts';

export interface OpenApiOptions {
  readonly title: string;
  /** Of the API, not of OpenAPI. */
  readonly version: string;
  readonly description?: string;
  /** Schemas that become components, by name. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

type Json = Readonly<Record<string, unknown>>;

const componentRef = (name: string): string => `#/components/schemas/${name}`;

/**
 * The OpenAPI 3.1 document of a contract: every operation, parameter, body, answer, problem code and scope, the kernel's own
 * among them, in the order of the table. Plain data, without a server: where the API stands is known after deployment.
 */
export function createOpenApiDocument(contract: Contract, options: OpenApiOptions): Json {
  const convert = (schema: Schema, side: 'request' | 'response'): JsonSchema => {
    const name = Object.keys(options.schemas).find((candidate) => options.schemas[candidate] === schema);
    return name === undefined
      ? jsonSchemaOf(schema, { side, draft: '2020-12', named: options.schemas, refTo: componentRef })
      : { $ref: componentRef(name) };
  };
  const paths: Record<string, Record<string, Json>> = {};
  for (const [operationId, operation] of Object.entries(contract)) {
    const path = (paths[operation.path] ??= {});
    path[operation.method.toLowerCase()] = describeOperation(operationId, operation, convert);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: options.title,
      version: options.version,
      ...(options.description === undefined ? {} : { description: options.description }),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        sigv4: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'AWS Signature Version 4, on the internal function URL alone.',
        },
      },
      schemas: {
        ...Object.fromEntries(
          Object.entries(options.schemas).map(([name, schema]) => [
            name,
            jsonSchemaOf(schema, {
              side: 'response',
              draft: '2020-12',
              named: options.schemas,
              refTo: componentRef,
            }),
          ]),
        ),
        Problem: problemSchema,
      },
    },
  };
}

type Convert = (schema: Schema, side: 'request' | 'response') => JsonSchema;

function describeOperation(operationId: string, operation: Operation, convert: Convert): Json {
  const { summary, description, tags, access, request, cache, throttle, examples } = operation;
  const parameters = parametersOf(operation);
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags }),
    security: securityOf(access),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request?.body === undefined
      ? {}
      : { requestBody: describeBody(request.body, examples?.body, convert) }),
    responses: Object.fromEntries(
      Object.entries(answersOf(operation)).map(([status, response]) => [
        status,
        'problems' in response
          ? describeProblems(response)
          : describeResponse(response, examples?.responses?.[Number(status)], convert),
      ]),
    ),
    ...(cache === undefined ? {} : { 'x-cache': cache }),
    ...(throttle === undefined ? {} : { 'x-throttle': throttle }),
  };
}

/** Any one of the scopes is enough, so each is an alternative of its own. */
function securityOf(access: Access): readonly Json[] {
  switch (access.kind) {
    case 'public':
      return [];
    case 'scopes':
      return access.anyOf.map((scope) => ({ bearer: [scope] }));
    case 'internal':
      return [{ sigv4: [] }];
  }
}

function describeBody(body: Schema | BodyDefinition, example: unknown, convert: Convert): Json {
  const { schema, contentTypes = ['application/json'], required = true } = bodyDefinition(body);
  const media = { schema: convert(schema, 'request'), ...(example === undefined ? {} : { example }) };
  return { required, content: Object.fromEntries(contentTypes.map((type) => [type, media])) };
}

/** The long form of a body, whichever form the contract uses. */
export function bodyDefinition(body: Schema | BodyDefinition): BodyDefinition {
  return '~standard' in body ? { schema: body } : body;
}

function describeResponse(response: ResponseDefinition, example: unknown, convert: Convert): Json {
  const { description, headers, body, contentType = 'application/json' } = response;
  return {
    description,
    ...(headers === undefined
      ? {}
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, header]) => [
              name,
              { ...header, schema: { type: 'string' } },
            ]),
          ),
        }),
    ...(body === undefined
      ? {}
      : {
          content: {
            [contentType]: {
              schema: convert(body, 'response'),
              ...(example === undefined ? {} : { example }),
            },
          },
        }),
  };
}

function describeProblems({ description, problems }: ProblemsDefinition): Json {
  const schema = {
    allOf: [{ $ref: componentRef('Problem') }, { properties: { code: { enum: problems } } }],
  };
  return { description, content: { 'application/problem+json': { schema } } };
}
