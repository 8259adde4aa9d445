import * as v from 'valibot';
import {
  emailSchema,
  externalIdSchema,
  localeSchema,
  momentSchema,
  nameSchema,
  subjectSchema,
} from './fields.ts';
import { userSchema } from './user.ts';

export const externalParamsSchema = v.strictObject({ externalId: externalIdSchema });

export const upsertExternalUserSchema = v.strictObject({
  email: emailSchema,
  name: nameSchema,
  locale: v.exactOptional(localeSchema),
  subject: v.exactOptional(
    v.pipe(
      subjectSchema,
      v.description('Who will own the record. Without it nobody does until an administrator says so.'),
    ),
  ),
  occurredAt: momentSchema,
});

export const deleteExternalUserQuerySchema = v.object({ occurredAt: momentSchema });

/** What became of an event: `superseded` when a newer or the same one was applied before. */
export const externalUserOutcomeSchema = v.strictObject({
  outcome: v.picklist(['created', 'updated', 'unchanged', 'deleted', 'superseded']),
  user: v.exactOptional(userSchema),
});
