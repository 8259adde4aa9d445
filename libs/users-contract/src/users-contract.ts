import { defineContract } from '@gatehouse/http';
import { helloOperations } from './operations/hello.ts';
import { internalUserOperations } from './operations/internal-users.ts';
import { userOperations } from './operations/users.ts';

/**
 * The users API as data: one line an operation. The router and its types, the routes, models and validators of
 * infrastructure, the OpenAPI document, the typed client and the reference all come from it, and from nowhere else.
 */
export const usersContract = defineContract({
  ...helloOperations,
  ...userOperations,
  ...internalUserOperations,
});

export type UsersContract = typeof usersContract;
export type UsersOperationId = keyof UsersContract;
