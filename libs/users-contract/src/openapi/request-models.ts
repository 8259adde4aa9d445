import type { Contract, Schema } from '@gatehouse/http';
import { toDraft04 } from './draft-04.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { bodyDefinition } from './openapi-document.ts';
import { parametersOf } from './parameters.ts';

/** What a REST API checks of an operation's request before it calls the function. */
export interface RequestModel {
  readonly operationId: string;
  /** Letters and digits alone, as API Gateway wants it. Operations that share a schema share the name. */
  readonly name: string;
  /** Media types that the model is attached to. */
  readonly contentTypes: readonly string[];
  /** JSON Schema draft-04. */
  readonly schema: JsonSchema;
}

/** Parameters that have to be there: `method.request.querystring.occurredAt`. */
export interface RequiredParameters {
  readonly operationId: string;
  readonly names: readonly string[];
}

const DIALECT = 'http://json-schema.org/draft-04/schema#';

/** The models of all operations that take a body, from the very schemas that the handler checks again. */
export function createRequestModels(
  contract: Contract,
  schemas: Readonly<Record<string, Schema>>,
): readonly RequestModel[] {
  return Object.entries(contract).flatMap(([operationId, { request }]) => {
    if (request?.body === undefined) {
      return [];
    }
    const { schema, contentTypes = ['application/json'] } = bodyDefinition(request.body);
    const named = Object.keys(schemas).find((name) => schemas[name] === schema);
    const name = named ?? `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Body`;
    const model = toDraft04(jsonSchemaOf(schema, { side: 'request', draft: '07' }));
    return [{ operationId, name, contentTypes, schema: { $schema: DIALECT, title: name, ...model } }];
  });
}

/** Query and header parameters that a REST API requires by itself. It checks that they are there, not what they are. */
export function createRequiredParameters(contract: Contract): readonly RequiredParameters[] {
  return Object.entries(contract).flatMap(([operationId, operation]) => {
    const names = parametersOf(operation)
      .filter((parameter) => parameter.required && parameter.in !== 'path')
      .map(
        ({ in: location, name }) =>
          `method.request.${location === 'query' ? 'querystring' : location}.${name}`,
      );
    return names.length === 0 ? [] : [{ operationId, names }];
  });
}
