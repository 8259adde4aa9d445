/**
 * Lambda's quotas that the host keeps
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */

/** The event of a synchronous invocation: 6 MB. */
export const MAX_REQUEST_BYTES = 6_291_456;

/** A buffered response: 6 MB and the 100 bytes that the service adds for its own. */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** A streamed response. */
export const MAX_STREAMED_RESPONSE_BYTES = 200 * 1024 * 1024;
