export { SCOPES, type Scope } from './scopes.ts';
export { LIST_LIMIT } from './schemas/user-list.ts';
export type { UserRepresentation } from './schemas/user.ts';
export { usersContract, type UsersContract, type UsersOperationId } from './users-contract.ts';
