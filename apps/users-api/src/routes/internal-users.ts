import { deleteExternalUser } from '../domain/delete-external-user.ts';
import { upsertExternalUser } from '../domain/upsert-external-user.ts';
import type { RouteDependencies, UsersHandlers } from './route-dependencies.ts';

type InternalUserRoutes = Pick<UsersHandlers, 'upsertExternalUser' | 'deleteExternalUser'>;

/** Operations of services of the same system; the guard lets nobody else in. */
export function createInternalUserRoutes(dependencies: RouteDependencies): InternalUserRoutes {
  return {
    upsertExternalUser: async ({ params: { externalId }, body, signal }) => {
      const { occurredAt, delivery, subject, ...profile } = body;
      const event = {
        externalId,
        occurredAt,
        profile,
        ...(delivery === undefined ? {} : { delivery }),
        ...(subject === undefined ? {} : { subject }),
      };
      return { status: 200, body: await upsertExternalUser(dependencies, { event, signal }) };
    },

    deleteExternalUser: async ({ params: { externalId }, query: { occurredAt }, signal }) => ({
      status: 200,
      body: await deleteExternalUser(dependencies, { externalId, occurredAt, signal }),
    }),
  };
}
