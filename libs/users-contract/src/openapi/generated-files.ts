import { usersContract } from '../users-contract.ts';
import { createApiReference } from './api-reference.ts';
import { createUsersDocument } from './users-document.ts';
import { usersModels, usersRequiredParameters } from './users-models.ts';

/**
 * Everything that is generated from the contract, by file name. `openapi` writes it to dist/openapi; the same files lie in
 * this library's `generated/`, so that a change of the contract shows in review what it changes for callers.
 */
export function generateFiles(): Readonly<Record<string, unknown>> {
  return {
    'users.json': createUsersDocument(),
    'users.models.json': { models: usersModels, requiredParameters: usersRequiredParameters },
    'users.reference.json': createApiReference(usersContract),
  };
}
