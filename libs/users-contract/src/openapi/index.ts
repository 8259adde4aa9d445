export type { JsonSchema } from './json-schema.ts';
export { createOpenApiDocument, type OpenApiOptions } from './openapi-document.ts';
export { createUsersDocument } from './users-document.ts';
