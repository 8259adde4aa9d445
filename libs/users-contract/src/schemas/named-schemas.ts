import type { Schema } from '@gatehouse/http';
import { externalUserOutcomeSchema, upsertExternalUserSchema } from './external-user.ts';
import { helloSchema } from './hello.ts';
import { createUserSchema, patchUserSchema, replaceUserSchema, userSchema } from './user.ts';
import { userListSchema } from './user-list.ts';

/** Schemas that have a name of their own wherever they are published: in OpenAPI, in models, in the reference. */
export const namedSchemas = {
  Greeting: helloSchema,
  User: userSchema,
  UserList: userListSchema,
  CreateUser: createUserSchema,
  ReplaceUser: replaceUserSchema,
  PatchUser: patchUserSchema,
  UpsertExternalUser: upsertExternalUserSchema,
  ExternalUserOutcome: externalUserOutcomeSchema,
} as const satisfies Readonly<Record<string, Schema>>;
