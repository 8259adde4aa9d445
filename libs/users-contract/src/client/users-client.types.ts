import type { UserRepresentation } from '../schemas/user.ts';
import type { UsersClient } from './client-types.ts';

/** What compiles and what does not: checked by the typecheck target, never run. */
export async function clientTypes(users: UsersClient): Promise<void> {
  const created = await users.createUser({
    body: { email: 'a@example.com', name: 'A' },
    idempotencyKey: 'k',
  });
  created.status satisfies 201;
  created.body satisfies UserRepresentation;

  const listed = await users.listUsers();
  listed.body.items satisfies readonly UserRepresentation[];
  await users.listUsers({ query: { limit: 5, order: 'desc' } });

  const deleted = await users.deleteUser({ params: { id: 'x' }, ifMatch: '"1"' });
  deleted.body satisfies undefined;

  // @ts-expect-error -- a path parameter is missing
  await users.getUser({});
  // @ts-expect-error -- a body is missing
  await users.replaceUser({ params: { id: 'x' } });
  // @ts-expect-error -- an order that the contract does not have
  await users.listUsers({ query: { order: 'random' } });
  // @ts-expect-error -- an unknown field of the body
  await users.createUser({ body: { email: 'a@example.com', name: 'A', admin: true } });
  // @ts-expect-error -- reading takes no precondition
  await users.getUser({ params: { id: 'x' }, ifMatch: '"1"' });
}

// @ts-expect-error -- an operation that the contract does not have
export type NoSuchOperation = UsersClient['dropUsers'];
