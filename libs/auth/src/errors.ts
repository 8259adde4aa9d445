/** What a refusal or failure of this library means to its caller. */
export type AuthErrorKind =
  /** The caller's credential is missing, malformed, forged or stale: answer 401. */
  | 'unauthenticated'
  /** The keys or the identity provider cannot be reached and nothing that is held can judge: fail, and alarm. */
  | 'outage'
  /** The deployment's own configuration or secret is wrong: fail, and alarm. */
  | 'configuration';

/**
 * Every code of this library with its kind and the one sentence that may be logged. The sentences hold no
 * caller's text; none is meant for a client.
 */
export const AUTH_ERRORS = {
  AUTH_EVENT_INVALID: ['unauthenticated', 'The event is not one that an authorizer gets.'],
  AUTH_HEADER_MISSING: ['unauthenticated', 'The request has no Authorization header.'],
  AUTH_HEADER_AMBIGUOUS: ['unauthenticated', 'The request has more than one Authorization value.'],
  AUTH_HEADER_MALFORMED: ['unauthenticated', 'The Authorization header is not "Bearer" and one token.'],
  AUTH_TOKEN_TOO_LARGE: ['unauthenticated', 'The token is larger than the configured limit.'],
  AUTH_TOKEN_MALFORMED: ['unauthenticated', 'The token is not a compact JWS in canonical base64url.'],
  AUTH_TOKEN_JSON: ['unauthenticated', 'A part of the token is not a JSON object with unique members.'],
  AUTH_TOKEN_HEADER_REFUSED: ['unauthenticated', 'The token header has a member that is not accepted.'],
  AUTH_TOKEN_KID: ['unauthenticated', 'The token header has no acceptable key id.'],
  AUTH_TOKEN_ALGORITHM: ['unauthenticated', 'The algorithm is not the one of this issuer and key.'],
  AUTH_TOKEN_TYPE: ['unauthenticated', 'The token type (typ) is not accepted from this issuer.'],
  AUTH_TOKEN_ISSUER: ['unauthenticated', 'The issuer is not configured.'],
  AUTH_TOKEN_KEY_UNKNOWN: ['unauthenticated', 'The issuer has no usable key with this id.'],
  AUTH_TOKEN_SIGNATURE: ['unauthenticated', 'The signature does not verify.'],
  AUTH_TOKEN_CLAIM: ['unauthenticated', 'A required claim is missing or has the wrong form.'],
  AUTH_TOKEN_SUBJECT: ['unauthenticated', 'The subject is missing or is not a clean, bounded string.'],
  AUTH_TOKEN_AUDIENCE: ['unauthenticated', 'The token is meant for another audience.'],
  AUTH_TOKEN_USE: ['unauthenticated', 'The token is of another use than this API accepts.'],
  AUTH_TOKEN_EXPIRED: ['unauthenticated', 'The token has expired.'],
  AUTH_TOKEN_NOT_YET_VALID: ['unauthenticated', 'The token is not valid yet.'],
  AUTH_TOKEN_LIFETIME: ['unauthenticated', 'The token lives longer than this API accepts.'],
  AUTH_TOKEN_REVOKED: ['unauthenticated', 'The token has been revoked.'],
  AUTH_TOKEN_BOUND: ['unauthenticated', 'The token is bound to a key, and a bearer proves none.'],
  AUTH_TOKEN_INACTIVE: ['unauthenticated', 'The introspection endpoint does not call the token active.'],
  AUTH_API_KEY_MISSING: ['unauthenticated', 'The request has not exactly one API key.'],
  AUTH_API_KEY_UNKNOWN: ['unauthenticated', 'The API key is not one of the configured ones.'],
  AUTH_WEBHOOK_HEADER: ['unauthenticated', 'A signature header is missing, repeated or malformed.'],
  AUTH_WEBHOOK_TIMESTAMP: ['unauthenticated', 'The signed time is outside the tolerance.'],
  AUTH_WEBHOOK_SIGNATURE: ['unauthenticated', 'No signature matches the body under any current secret.'],
  AUTH_KEY_SOURCE_DOWN: ['outage', 'The issuer’s keys cannot be read, and none that is held verifies.'],
  AUTH_INTROSPECTION_DOWN: ['outage', 'The introspection endpoint gives no usable answer.'],
  AUTH_CONFIG_INVALID: ['configuration', 'The authorization configuration is not valid.'],
  AUTH_SECRET_INVALID: ['configuration', 'A stored secret does not have its configured form.'],
} as const satisfies Record<string, readonly [AuthErrorKind, string]>;

/** The stable codes; never reused for another meaning. */
export type AuthErrorCode = keyof typeof AUTH_ERRORS;

/** What may be added to an error: a fixed word of our own for the log, and what caused it. */
export interface AuthErrorOptions {
  /** The rule or member that decided, e.g. `exp` or `crit`; never a value that a caller sent. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/**
 * The only error that this library throws for bad input, outages and bad configuration. `code` and `detail` are for the log: a
 * client learns nothing but 401, 403 or 5xx.
 */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code: AuthErrorCode;
  readonly kind: AuthErrorKind;
  /** The rule or member that decided, where one did. */
  readonly detail: string | undefined;

  constructor(code: AuthErrorCode, options: AuthErrorOptions = {}) {
    const [kind, sentence] = AUTH_ERRORS[code];
    const message = options.detail === undefined ? sentence : `${sentence} (${options.detail})`;
    const { stackTraceLimit } = Error;
    // A refusal is an answer, not a fault: its stack says nothing, and taking one costs more than refusing.
    if (kind === 'unauthenticated') Error.stackTraceLimit = 0;
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.kind = kind;
    this.detail = options.detail;
  }
}

/** Whether `error` is an {@link AuthError}, of the given kind when one is named. */
export function isAuthError(error: unknown, kind?: AuthErrorKind): error is AuthError {
  return error instanceof AuthError && (kind === undefined || error.kind === kind);
}
