import { changeUser } from '../domain/change-user.ts';
import { createUser } from '../domain/create-user.ts';
import { deleteUser } from '../domain/delete-user.ts';
import { getOwnUser, getUser } from '../domain/get-user.ts';
import { listUsers } from '../domain/list-users.ts';
import { applyProfilePatch } from '../domain/profile-patch.ts';
import type { User, UserProfile } from '../model/user.ts';
import { toActor } from './actor.ts';
import { parseCursor, toCursor } from './list-cursor.ts';
import { preconditionOf } from './precondition.ts';
import type { RouteDependencies, UsersHandlers } from './route-dependencies.ts';
import { userLocation } from './user-location.ts';
import { writeTokenOf } from './write-token.ts';

type UserRoutes = Pick<
  UsersHandlers,
  'createUser' | 'listUsers' | 'getOwnUser' | 'getUser' | 'replaceUser' | 'patchUser' | 'deleteUser'
>;

const found = (user: User) => ({ status: 200, body: user, version: user.version }) as const;

export function createUserRoutes(dependencies: RouteDependencies): UserRoutes {
  return {
    createUser: async ({ body, principal, request, signal }) => {
      const writeToken = writeTokenOf(request, principal);
      const user = await createUser(dependencies, toActor(principal), {
        user: body,
        signal,
        ...(writeToken === undefined ? {} : { writeToken }),
      });
      const location = userLocation(request, user.id, dependencies.basePath);
      return { status: 201, body: user, version: user.version, headers: { location } };
    },

    listUsers: async ({ query: { limit, order, cursor }, principal, signal }) => {
      const after = cursor === undefined ? {} : { after: parseCursor(cursor, order).position };
      const page = { limit, order, ...after };
      const { users, next } = await listUsers(dependencies, toActor(principal), { page, signal });
      const nextCursor = next === undefined ? {} : { nextCursor: toCursor({ order, position: next }) };
      return { status: 200, body: { items: [...users], ...nextCursor } };
    },

    getOwnUser: async ({ principal, signal }) =>
      found(await getOwnUser(dependencies, toActor(principal), { signal })),

    getUser: async ({ params, principal, signal }) =>
      found(await getUser(dependencies, toActor(principal), { id: params.id, signal })),

    replaceUser: async ({ params, body, principal, request, signal }) => {
      const { version, ...profile } = body;
      const precondition = preconditionOf(request, version);
      const input = { id: params.id, precondition, change: () => profile, signal };
      return found(await changeUser(dependencies, toActor(principal), input));
    },

    patchUser: async ({ params, body, principal, request, signal }) => {
      const { version, ...patch } = body;
      const precondition = preconditionOf(request, version);
      const input = {
        id: params.id,
        precondition,
        change: (profile: UserProfile) => applyProfilePatch(profile, patch),
        signal,
      };
      return found(await changeUser(dependencies, toActor(principal), input));
    },

    deleteUser: async ({ params, principal, request, signal }) => {
      const precondition = { versions: 'any' as const, ...preconditionOf(request) };
      await deleteUser(dependencies, toActor(principal), { id: params.id, precondition, signal });
      return { status: 204 };
    },
  };
}
