import * as v from 'valibot';
import { maxCodePoints } from './text.ts';
import { userSchema } from './user.ts';

/** Users on one page: at most, and when the caller does not say. */
export const LIST_LIMIT = { max: 100, default: 25 } as const;

export const listUsersQuerySchema = v.object({
  limit: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(LIST_LIMIT.max),
      v.description('Users on one page, at most.'),
    ),
    LIST_LIMIT.default,
  ),
  order: v.optional(
    v.pipe(v.picklist(['asc', 'desc']), v.description('By creation: asc has the oldest first.')),
    'asc',
  ),
  cursor: v.exactOptional(
    v.pipe(
      v.string(),
      maxCodePoints(512),
      v.description('`nextCursor` of the page before, with the same `order`. Opaque.'),
    ),
  ),
});

export const userListSchema = v.strictObject({
  items: v.array(userSchema),
  nextCursor: v.exactOptional(
    v.pipe(v.string(), v.description('Where the next page starts; absent on the last.')),
  ),
});
