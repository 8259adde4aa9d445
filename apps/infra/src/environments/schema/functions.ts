import * as v from 'valibot';
import { wholeNumber } from './values.ts';

/** How large a function is, how long it may take, and how many of it there are. */
export const functionSettings = v.strictObject({
  memoryMb: wholeNumber(128, 10_240),
  timeoutSeconds: wholeNumber(1, 900),
  /** Absent: no reservation. New accounts have 10 in all, and AWS refuses to leave fewer than 10 unreserved. */
  reservedConcurrency: v.optional(wholeNumber(1, 1000)),
  /** Environments kept warm, paid by the hour. Needs an alias, which comes with it. */
  provisionedConcurrency: v.optional(wholeNumber(1, 1000)),
});

export type FunctionSettings = v.InferOutput<typeof functionSettings>;

/** How traffic moves to a new version: CodeDeploy's predefined ways. */
export const canary = v.picklist([
  'canary-10-percent-5-minutes',
  'canary-10-percent-15-minutes',
  'linear-10-percent-every-1-minute',
  'all-at-once',
]);

export type Canary = v.InferOutput<typeof canary>;
