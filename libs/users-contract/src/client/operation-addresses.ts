import type { UsersContract, UsersOperationId } from '../users-contract.ts';

type Address<Id extends UsersOperationId> = Pick<UsersContract[Id], 'method' | 'path'> & {
  /** Media type of the body, where it is not `application/json`. */
  readonly contentType?: string;
};

/**
 * Where each operation is. The types hold it to the contract, literal by literal; written out, so that a caller's bundle
 * carries no schemas.
 */
export const operationAddresses: { readonly [Id in UsersOperationId]: Address<Id> } = {
  hello: { method: 'GET', path: '/hello' },
  createUser: { method: 'POST', path: '/users' },
  listUsers: { method: 'GET', path: '/users' },
  getOwnUser: { method: 'GET', path: '/users/me' },
  getUser: { method: 'GET', path: '/users/{id}' },
  replaceUser: { method: 'PUT', path: '/users/{id}' },
  patchUser: { method: 'PATCH', path: '/users/{id}', contentType: 'application/merge-patch+json' },
  deleteUser: { method: 'DELETE', path: '/users/{id}' },
  upsertExternalUser: { method: 'PUT', path: '/internal/users/{externalId}' },
  deleteExternalUser: { method: 'DELETE', path: '/internal/users/{externalId}' },
};
