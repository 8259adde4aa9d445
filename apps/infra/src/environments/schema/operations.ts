import * as v from 'valibot';
import { edgeDomain, firewall } from './fronts.ts';
import { cidr, distinct, wholeNumber } from './values.ts';

/** CloudFront before function URLs. */
export const edge = v.strictObject({
  /**
   * Before the webhook receiver: a secret header tells the receiver that a request came this way. Origin access control would
   * need every sender to send the body's hash.
   */
  webhook: v.optional(v.strictObject({ domain: v.optional(edgeDomain), firewall })),
  /** Before the internal URL of users-api, signed by CloudFront, open to these addresses alone. */
  internal: v.optional(
    v.strictObject({ domain: v.optional(edgeDomain), firewall, allowedCidrs: distinct(cidr) }),
  ),
});

/** What is watched, and who hears of it. */
export const observability = v.strictObject({
  dashboard: v.boolean(),
  alarms: v.strictObject({
    /** Subscribed to the alarms' topic; each has to confirm once. Empty: the topic alone. */
    emails: v.array(v.pipe(v.string(), v.email('must be an email address'))),
    /** p99 of what a caller waits, over five minutes. */
    latencyP99Ms: wholeNumber(10, 30_000),
    /** Server errors in five minutes. */
    serverErrors: wholeNumber(1, 1_000_000),
    /** How long a stored delivery may wait for the processor. */
    iteratorAgeSeconds: wholeNumber(1, 86_400),
  }),
});

/** Who may deploy from GitHub Actions, by OIDC. */
export const delivery = v.strictObject({
  repository: v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name')),
});
