import { namedSchemas } from '../schemas/named-schemas.ts';
import { usersContract } from '../users-contract.ts';
import { createOpenApiDocument } from './openapi-document.ts';

/** The users API's OpenAPI 3.1 document. */
export function createUsersDocument(): Readonly<Record<string, unknown>> {
  return createOpenApiDocument(usersContract, {
    title: 'Users API',
    version: '1.0.0',
    description: 'Users with unique email addresses, each owned by the subject of an access token.',
    schemas: namedSchemas,
  });
}
