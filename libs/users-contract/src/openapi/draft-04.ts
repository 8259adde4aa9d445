import type { JsonSchema } from './json-schema.ts';

/** Keywords that mean in draft-04 what they mean in draft-07, and hold no schemas. */
const same: ReadonlySet<string> = new Set([
  'default',
  'description',
  'enum',
  'format',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'pattern',
  'required',
  'title',
  'type',
  'uniqueItems',
]);

/**
 * A draft-07 schema in draft-04, which is what API Gateway's models are written in ("Data models for REST APIs"). Throws a
 * TypeError for a keyword that draft-04 has no words for, so that a model never accepts less or more than its schema.
 */
export function toDraft04(schema: unknown): JsonSchema {
  if (typeof schema !== 'object' || schema === null) {
    throw new TypeError(`Draft-04 has no schema ${JSON.stringify(schema)}.`);
  }
  return Object.assign(
    {},
    ...Object.entries(schema).map(([keyword, value]) => toKeyword(keyword, value)),
  ) as JsonSchema;
}

function toKeyword(keyword: string, value: unknown): JsonSchema {
  if (same.has(keyword)) {
    // An empty `required` is allowed since draft-06 only.
    return keyword === 'required' && (value as readonly unknown[]).length === 0 ? {} : { [keyword]: value };
  }
  switch (keyword) {
    case 'properties':
    case 'patternProperties':
      return { [keyword]: mapValues(value as Readonly<Record<string, unknown>>) };
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return { [keyword]: (value as readonly unknown[]).map(toDraft04) };
    case 'not':
    case 'items':
      return { [keyword]: toDraft04(value) };
    case 'additionalProperties':
      return { [keyword]: typeof value === 'boolean' ? value : toDraft04(value) };
    case 'const':
      return { enum: [value] };
    case 'exclusiveMinimum':
      return { minimum: value, exclusiveMinimum: true };
    case 'exclusiveMaximum':
      return { maximum: value, exclusiveMaximum: true };
    case '$schema':
    case 'examples':
      return {};
    default:
      throw new TypeError(`Draft-04 has no keyword ${keyword}.`);
  }
}

function mapValues(schemas: Readonly<Record<string, unknown>>): JsonSchema {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toDraft04(schema)]));
}
