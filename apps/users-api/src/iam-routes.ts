import { usersContract } from '@gatehouse/users-contract';

/**
 * The scopes of a service that IAM authenticated on a public front: those that the operations ask for which the front routes
 * with IAM authorization. IAM has decided by then, from the caller's own policy, that it may call this very route.
 *
 * @param operationIds separated by commas, as `iamRoutes` of the environment names them; empty for none.
 * @throws Error for an id that the contract does not have, and for an operation that is public or internal.
 */
export function scopesOfIamRoutes(operationIds: string): readonly string[] {
  const ids = operationIds === '' ? [] : operationIds.split(',');
  return [...new Set(ids.flatMap(scopesOf))];
}

function scopesOf(id: string): readonly string[] {
  const operation = Object.entries(usersContract).find(([known]) => known === id)?.[1];
  if (operation?.access.kind !== 'scopes') {
    throw new Error(`${id} is no operation that asks for scopes`);
  }
  return operation.access.anyOf;
}
