import type { Access, Contract, Schema } from '@gatehouse/http';
import { answersOf } from './answers.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { bodyDefinition } from './openapi-document.ts';
import { parametersOf, type Parameter } from './parameters.ts';

/** One operation as a reference page shows it: plain data, all references resolved. */
export interface ReferenceEntry {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** `public`, or the scopes of which one is needed, and whether only services may call. */
  readonly access: { readonly kind: Access['kind']; readonly anyOf: readonly string[] };
  readonly parameters: readonly Parameter[];
  readonly body?: {
    readonly contentTypes: readonly string[];
    readonly schema: JsonSchema;
    readonly example?: unknown;
  };
  readonly answers: readonly ReferenceAnswer[];
  /** Path and query of a request that may be sent as it stands, after the values of the examples. */
  readonly exampleTarget: string;
}

export interface ReferenceAnswer {
  readonly status: number;
  readonly description: string;
  /** Codes of problem details; empty for an answer that is none. */
  readonly problems: readonly string[];
  readonly schema?: JsonSchema;
  readonly example?: unknown;
}

/** The reference of a contract, in the table's order. */
export function createApiReference(contract: Contract): readonly ReferenceEntry[] {
  return Object.entries(contract).map(([operationId, operation]) => {
    const { method, path, tags = [], summary, description = '', access, request, examples } = operation;
    return {
      operationId,
      method,
      path,
      tag: tags[0] ?? '',
      summary,
      description,
      access: { kind: access.kind, anyOf: access.kind === 'public' ? [] : access.anyOf },
      parameters: parametersOf(operation),
      ...(request?.body === undefined ? {} : { body: describeBody(request.body, examples?.body) }),
      answers: Object.entries(answersOf(operation)).map(([status, response]) =>
        describeAnswer(Number(status), response, examples?.responses?.[Number(status)]),
      ),
      exampleTarget: exampleTarget(path, examples?.params, examples?.query),
    };
  });
}

function describeBody(
  body: NonNullable<NonNullable<Contract[string]['request']>['body']>,
  example: unknown,
): NonNullable<ReferenceEntry['body']> {
  const { schema, contentTypes = ['application/json'] } = bodyDefinition(body);
  return { contentTypes, schema: schemaOf(schema, 'request'), ...(example === undefined ? {} : { example }) };
}

function describeAnswer(
  status: number,
  response: Contract[string]['responses'][number],
  example: unknown,
): ReferenceAnswer {
  const { description } = response;
  if ('problems' in response) {
    return { status, description, problems: response.problems };
  }
  return {
    status,
    description,
    problems: [],
    ...(response.body === undefined ? {} : { schema: schemaOf(response.body, 'response') }),
    ...(example === undefined ? {} : { example }),
  };
}

const schemaOf = (schema: Schema, side: 'request' | 'response'): JsonSchema =>
  jsonSchemaOf(schema, { side, draft: '2020-12' });

function exampleTarget(
  path: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
}
