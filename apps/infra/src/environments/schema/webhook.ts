import * as v from 'valibot';
import { wholeNumber } from './values.ts';

const provider = v.strictObject({
  scheme: v.picklist(['standard-webhooks', 'github', 'stripe', 'slack']),
  secretEncoding: v.picklist(['whsec', 'base64', 'utf8', 'hex']),
  toleranceSeconds: wholeNumber(1, 3600),
});

/** Who may deliver, and how deliveries are worked off. */
export const webhookSettings = v.strictObject({
  /** By path segment: `POST /webhooks/{segment}`. */
  providers: v.pipe(
    v.record(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a path segment')), provider),
    v.check((providers) => Object.keys(providers).length > 0, 'must name at least one provider'),
  ),
  /** How long a delivery that cannot be applied is tried before it is `failed`. */
  giveUpSeconds: wholeNumber(1, 10_000),
  stream: v.strictObject({
    batchSize: wholeNumber(1, 1000),
    /** How long to wait for a batch to fill. 0: not at all. */
    batchWindowSeconds: wholeNumber(0, 300),
    /** Of a batch that failed, before its records go to the on-failure queue. */
    retries: wholeNumber(0, 10_000),
    /** Records that are older go there too. A stream keeps records for a day. */
    maxAgeSeconds: wholeNumber(60, 86_400),
    /** Batches of one shard that are worked off at once. */
    parallelBatches: wholeNumber(1, 10),
  }),
});
