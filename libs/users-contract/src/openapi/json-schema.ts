import { toJsonSchema, type ConversionConfig } from '@valibot/to-json-schema';
import type { Schema } from '@gatehouse/http';
import { codePointLimitOf } from '../schemas/text.ts';

/** A JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface JsonSchemaOptions {
  /** `request`: what is accepted, so that a member with a default may be absent. `response`: what is answered. */
  readonly side: 'request' | 'response';
  /** `2020-12` is that of OpenAPI 3.1; `07` has nothing that draft-04 cannot say in other words. */
  readonly draft: '2020-12' | '07';
  /** Named schemas that are referred to rather than repeated, and how. */
  readonly named?: Readonly<Record<string, Schema>>;
  readonly refTo?: (name: string) => string;
}

type ValibotSchema = Parameters<typeof toJsonSchema>[0];

/**
 * The JSON Schema that says what a schema of the contract says. Throws for a schema that is not valibot's, and for a
 * rule that JSON Schema cannot express: what is published never promises less than what is checked.
 */
export function jsonSchemaOf(
  schema: Schema,
  { side, draft, named = {}, refTo }: JsonSchemaOptions,
): JsonSchema {
  const config: ConversionConfig = {
    target: draft === '07' ? 'draft-07' : 'draft-2020-12',
    typeMode: side === 'request' ? 'input' : 'output',
    errorMode: 'throw',
    definitions: Object.fromEntries(
      Object.entries(named)
        .filter(([, candidate]) => candidate !== schema)
        .map(([name, candidate]) => [name, asValibot(candidate)]),
    ),
    overrideAction: ({ valibotAction, jsonSchema }) => {
      const maxLength = codePointLimitOf(valibotAction);
      return maxLength === undefined ? undefined : { ...jsonSchema, maxLength };
    },
    ...(refTo === undefined ? {} : { overrideRef: ({ referenceId }) => refTo(referenceId) }),
  };
  const {
    $schema: _dialect,
    $defs: _defs,
    definitions: _definitions,
    ...json
  } = toJsonSchema(asValibot(schema), config);
  return json;
}

function asValibot(schema: Schema): ValibotSchema {
  if (schema['~standard'].vendor !== 'valibot') {
    throw new TypeError(`Schemas of the contract are valibot's, not ${schema['~standard'].vendor}'s.`);
  }
  return schema as unknown as ValibotSchema;
}
