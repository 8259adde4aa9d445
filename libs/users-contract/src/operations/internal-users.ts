import { defineContract } from '@gatehouse/http';
import { eventAheadOfTime, unavailable } from '../problem-responses.ts';
import {
  deleteExternalUserQuerySchema,
  externalParamsSchema,
  externalUserOutcomeSchema,
  upsertExternalUserSchema,
} from '../schemas/external-user.ts';
import { SCOPES } from '../scopes.ts';
import { exampleUser } from './examples.ts';

const internal = { kind: 'internal', anyOf: [SCOPES.internal] } as const;
const forbidden = {
  403: {
    description: 'The caller is no service of this system.',
    problems: ['HTTP_INTERNAL_ONLY', 'HTTP_SCOPE_MISSING'],
  },
} as const;
const params = { externalId: 'directory|42' };

export const internalUserOperations = defineContract({
  upsertExternalUser: {
    method: 'PUT',
    path: '/internal/users/{externalId}',
    summary: 'Create or change the user of an external id',
    description:
      'Applies an event of a directory outside. Events may come late, twice and in any order: the newest occurredAt wins, and anything not newer is answered `superseded`. Of one moment a deletion wins over a change, and of two changes the one whose delivery was received last. A subject that has a user already gets that one linked.',
    tags: ['internal'],
    access: internal,
    request: { params: externalParamsSchema, body: upsertExternalUserSchema },
    responses: {
      200: { description: 'What became of the event.', body: externalUserOutcomeSchema },
      ...eventAheadOfTime,
      ...unavailable,
      ...forbidden,
      409: {
        description: 'Another user has this email, or the subject belongs to another external id.',
        problems: ['USERS_EMAIL_TAKEN', 'USERS_SUBJECT_TAKEN'],
      },
    },
    examples: {
      params,
      body: {
        email: 'ada@example.com',
        name: 'Ada Lovelace',
        occurredAt: '2026-11-22T10:00:00Z',
        delivery: { id: 'standard#msg_2b', receivedAt: '2026-11-22T10:00:02.417Z' },
      },
      responses: {
        200: { outcome: 'created', user: { ...exampleUser, externalId: 'directory|42' } },
      },
    },
  },
  deleteExternalUser: {
    method: 'DELETE',
    path: '/internal/users/{externalId}',
    summary: 'Delete the user of an external id',
    description:
      'Applies a deletion of a directory outside; it is remembered, so that an older event, or a change of the same moment, does not bring the user back.',
    tags: ['internal'],
    access: internal,
    request: { params: externalParamsSchema, query: deleteExternalUserQuerySchema },
    responses: {
      200: { description: 'What became of the event.', body: externalUserOutcomeSchema },
      ...eventAheadOfTime,
      ...unavailable,
      ...forbidden,
    },
    examples: {
      params,
      query: { occurredAt: '2026-11-22T12:00:00Z' },
      responses: { 200: { outcome: 'deleted' } },
    },
  },
});
