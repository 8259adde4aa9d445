import { defineContract, toInteger } from '@gatehouse/http';
import { emailTaken, unavailable, userNotFound, versionProblems } from '../problem-responses.ts';
import {
  createUserSchema,
  patchUserSchema,
  replaceUserSchema,
  userParamsSchema,
  userSchema,
} from '../schemas/user.ts';
import { listUsersQuerySchema, userListSchema } from '../schemas/user-list.ts';
import { SCOPES } from '../scopes.ts';
import { exampleRenamedUser, exampleUser } from './examples.ts';

const reads = { kind: 'scopes', anyOf: [SCOPES.read, SCOPES.admin] } as const;
const writes = { kind: 'scopes', anyOf: [SCOPES.write, SCOPES.admin] } as const;
const administers = { kind: 'scopes', anyOf: [SCOPES.admin] } as const;

const etag = { etag: { description: 'The version as a strong entity tag, for If-Match and If-None-Match.' } };
const params = { id: exampleUser.id };

export const userOperations = defineContract({
  createUser: {
    method: 'POST',
    path: '/users',
    summary: 'Create a user',
    description:
      'A subject creates its own record, once; an administrator creates one for any subject. The email must be free.',
    tags: ['users'],
    access: writes,
    request: { body: createUserSchema },
    responses: {
      201: {
        description: 'Created.',
        body: userSchema,
        headers: { location: { description: 'Path of the new user.' }, ...etag },
      },
      ...unavailable,
      403: {
        description: 'The caller lacks the scope, or asks for a record of another subject.',
        problems: ['USERS_FORBIDDEN'],
      },
      409: {
        description:
          'Another user has this email, the subject has a user already, or the first request of this Idempotency-Key is under way.',
        problems: ['USERS_EMAIL_TAKEN', 'USERS_SUBJECT_TAKEN'],
      },
    },
    throttle: { ratePerSecond: 50, burst: 100 },
    idempotency: 'optional',
    examples: {
      body: { email: 'Ada@example.com', name: 'Ada Lovelace', locale: 'en-GB' },
      responses: { 201: exampleUser },
    },
  },
  listUsers: {
    method: 'GET',
    path: '/users',
    summary: 'List users',
    description:
      'All users in order of creation, page by page. Users created or deleted meanwhile never shift the others.',
    tags: ['users'],
    access: administers,
    request: { query: listUsersQuerySchema, coerce: { query: { limit: toInteger } } },
    responses: {
      200: { description: 'One page.', body: userListSchema },
      ...unavailable,
      400: {
        description: 'A parameter does not fit its schema, or the cursor is of another list.',
        problems: ['USERS_CURSOR_INVALID'],
      },
    },
    throttle: { ratePerSecond: 20, burst: 40 },
    examples: { query: { limit: 1 }, responses: { 200: { items: [exampleUser] } } },
  },
  getOwnUser: {
    method: 'GET',
    path: '/users/me',
    summary: "Get the caller's own user",
    tags: ['users'],
    access: reads,
    responses: {
      200: { description: "The caller's record.", body: userSchema, headers: etag },
      ...unavailable,
      404: { description: 'The caller has no record yet.', problems: ['USERS_NOT_FOUND'] },
    },
    examples: { responses: { 200: exampleUser } },
  },
  getUser: {
    method: 'GET',
    path: '/users/{id}',
    summary: 'Get a user',
    description: 'The owner or an administrator.',
    tags: ['users'],
    access: reads,
    request: { params: userParamsSchema },
    responses: {
      200: { description: 'The user.', body: userSchema, headers: etag },
      ...unavailable,
      ...userNotFound,
    },
    examples: { params, responses: { 200: exampleUser } },
  },
  replaceUser: {
    method: 'PUT',
    path: '/users/{id}',
    summary: 'Replace a user',
    description:
      'Everything that may be changed, at once: a locale that is left out is removed. If-Match or `version` says on which version the change is based.',
    tags: ['users'],
    access: writes,
    request: { params: userParamsSchema, body: replaceUserSchema },
    responses: {
      200: { description: 'The user as it is now.', body: userSchema, headers: etag },
      ...unavailable,
      ...userNotFound,
      ...emailTaken,
      ...versionProblems,
    },
    precondition: 'optional',
    examples: {
      params,
      body: { email: 'ada@example.com', name: 'Ada King', locale: 'en-GB', version: 1 },
      responses: { 200: exampleRenamedUser },
    },
  },
  patchUser: {
    method: 'PATCH',
    path: '/users/{id}',
    summary: 'Change parts of a user',
    description:
      'A JSON merge patch (RFC 7396): what is absent stays, null removes. If-Match or `version` says on which version the change is based; `version` is compared, never set.',
    tags: ['users'],
    access: writes,
    request: {
      params: userParamsSchema,
      body: {
        schema: patchUserSchema,
        contentTypes: ['application/merge-patch+json', 'application/json'],
      },
    },
    responses: {
      200: { description: 'The user as it is now.', body: userSchema, headers: etag },
      ...unavailable,
      ...userNotFound,
      ...emailTaken,
      ...versionProblems,
    },
    precondition: 'optional',
    examples: {
      params,
      body: { name: 'Ada King', version: 1 },
      responses: { 200: exampleRenamedUser },
    },
  },
  deleteUser: {
    method: 'DELETE',
    path: '/users/{id}',
    summary: 'Delete a user',
    description: 'For good; the email and the subject are free at once. With If-Match only that version.',
    tags: ['users'],
    access: writes,
    request: { params: userParamsSchema },
    responses: {
      204: { description: 'Deleted.' },
      ...unavailable,
      ...userNotFound,
      412: versionProblems[412],
    },
    precondition: 'optional',
    examples: { params },
  },
});
