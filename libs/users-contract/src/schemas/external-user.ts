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

/** Which delivery brought an event: it tells events of one moment apart. */
const deliverySchema = v.strictObject({
  id: v.pipe(
    v.string(),
    v.maxLength(400),
    v.regex(/^[\u0021-\u007e]+$/, 'A delivery id is visible ASCII.'),
    v.description('Unique among all deliveries; a delivery that is repeated keeps it.'),
  ),
  receivedAt: momentSchema,
});

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
  delivery: v.exactOptional(
    v.pipe(
      deliverySchema,
      v.description(
        'The delivery that brought the event. Of changes of one moment the one received last stands; without it an event is older than those with it.',
      ),
    ),
  ),
});

export const deleteExternalUserQuerySchema = v.object({ occurredAt: momentSchema });

/** What became of an event: `superseded` when a newer or the same one was applied before. */
export const externalUserOutcomeSchema = v.strictObject({
  outcome: v.picklist(['created', 'updated', 'unchanged', 'deleted', 'superseded']),
  user: v.exactOptional(userSchema),
});
