import type { JsonSchema } from './json-schema.ts';

/** Problem details (RFC 9457) as this API answers them. */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'Absent from every answer with status 500 or more.' },
    instance: { type: 'string', format: 'uri-reference' },
    code: { type: 'string', pattern: '^[A-Z]+(?:_[A-Z0-9]+)+$', description: 'Stable, for machines.' },
    requestId: { type: 'string', description: 'Name it when you ask for help.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          in: { type: 'string', enum: ['path', 'query', 'headers', 'body'] },
          pointer: { type: 'string', description: 'JSON pointer (RFC 6901) into that part.' },
          detail: { type: 'string' },
        },
        required: ['in', 'pointer', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code'],
};
