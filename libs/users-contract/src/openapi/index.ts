export { createApiReference, type ReferenceAnswer, type ReferenceEntry } from './api-reference.ts';
export type { JsonSchema } from './json-schema.ts';
export { createOpenApiDocument, type OpenApiOptions } from './openapi-document.ts';
export type { Parameter, ParameterLocation } from './parameters.ts';
export {
  createRequestModels,
  createRequiredParameters,
  type RequestModel,
  type RequiredParameters,
} from './request-models.ts';
export { createUsersDocument } from './users-document.ts';
export { usersModels, usersRequiredParameters } from './users-models.ts';
