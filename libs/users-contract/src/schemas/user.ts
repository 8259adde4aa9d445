import * as v from 'valibot';
import {
  emailSchema,
  externalIdSchema,
  localeSchema,
  nameSchema,
  subjectSchema,
  timestampSchema,
  userIdSchema,
  versionSchema,
} from './fields.ts';

export const userSchema = v.strictObject({
  id: userIdSchema,
  subject: subjectSchema,
  externalId: v.exactOptional(externalIdSchema),
  email: emailSchema,
  name: nameSchema,
  locale: v.exactOptional(localeSchema),
  version: versionSchema,
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
});

/** A user as the API answers it. */
export type UserRepresentation = v.InferOutput<typeof userSchema>;

export const createUserSchema = v.strictObject({
  email: emailSchema,
  name: nameSchema,
  locale: v.exactOptional(localeSchema),
  subject: v.exactOptional(
    v.pipe(
      subjectSchema,
      v.description('Who will own the record; the caller when absent. Another one: admin.'),
    ),
  ),
});

const expectedVersionSchema = v.pipe(
  versionSchema,
  v.description('The version that the change is based on: an If-Match for clients that cannot send one.'),
);

export const replaceUserSchema = v.strictObject({
  email: emailSchema,
  name: nameSchema,
  locale: v.exactOptional(localeSchema),
  version: v.exactOptional(expectedVersionSchema),
});

/** Never empty: a patch that asks for nothing is a mistake, and an empty array would pass for an object otherwise. */
export const patchUserSchema = v.pipe(
  v.strictObject({
    email: v.exactOptional(emailSchema),
    name: v.exactOptional(nameSchema),
    locale: v.exactOptional(v.nullable(localeSchema)),
    version: v.exactOptional(expectedVersionSchema),
  }),
  v.minEntries(1, 'A patch has at least one member.'),
);

export const userParamsSchema = v.strictObject({ id: userIdSchema });
