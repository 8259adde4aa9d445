import type { UsersContract, UsersOperationId } from '../users-contract.ts';

type Answers<Responses> = {
  readonly [
    Status in keyof Responses as Responses[Status] extends { readonly problems: unknown } ? never : Status
  ]: Responses[Status] extends { readonly body: unknown } ? 'json' : 'empty';
};

type Address<Id extends UsersOperationId> = Pick<UsersContract[Id], 'method' | 'path'> & {
  /** Media type of the body, where it is not `application/json`. */
  readonly contentType?: string;
  /** Every status that is no problem, and whether its answer has a body. */
  readonly answers: Answers<UsersContract[Id]['responses']>;
};

const ok = { 200: 'json' } as const;

/**
 * Where each operation is, and how it answers. The types hold it to the contract, literal by literal; written out, so that a
 * caller's bundle carries no schemas.
 */
export const operationAddresses: { readonly [Id in UsersOperationId]: Address<Id> } = {
  hello: { method: 'GET', path: '/hello', answers: ok },
  createUser: { method: 'POST', path: '/users', answers: { 201: 'json' } },
  listUsers: { method: 'GET', path: '/users', answers: ok },
  getOwnUser: { method: 'GET', path: '/users/me', answers: ok },
  getUser: { method: 'GET', path: '/users/{id}', answers: ok },
  replaceUser: { method: 'PUT', path: '/users/{id}', answers: ok },
  patchUser: {
    method: 'PATCH',
    path: '/users/{id}',
    contentType: 'application/merge-patch+json',
    answers: ok,
  },
  deleteUser: { method: 'DELETE', path: '/users/{id}', answers: { 204: 'empty' } },
  upsertExternalUser: { method: 'PUT', path: '/internal/users/{externalId}', answers: ok },
  deleteExternalUser: { method: 'DELETE', path: '/internal/users/{externalId}', answers: ok },
};
