import * as v from 'valibot';
import { maxCodePoints, WELL_FORMED } from './text.ts';

export const helloQuerySchema = v.object({
  name: v.exactOptional(
    v.pipe(
      v.string(),
      maxCodePoints(100),
      v.regex(WELL_FORMED, 'A name is well-formed text.'),
      v.description('Who is greeted; World when absent or empty.'),
    ),
  ),
});

export const helloSchema = v.strictObject({
  message: v.pipe(v.string(), v.description('`Hello, <name>!`')),
  path: v.pipe(v.string(), v.description('Path of the request, below the stage.')),
  method: v.pipe(v.string(), v.description('Method of the request.')),
});
