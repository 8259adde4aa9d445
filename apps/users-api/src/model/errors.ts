/** Every code this app's own errors carry. A code is never reused for another meaning. */
export type UsersErrorCode =
  | 'USERS_NOT_FOUND'
  | 'USERS_FORBIDDEN'
  | 'USERS_EMAIL_TAKEN'
  | 'USERS_SUBJECT_TAKEN'
  | 'USERS_VERSION_STALE'
  | 'USERS_PRECONDITION_MISSING'
  | 'USERS_CURSOR_INVALID'
  | 'USERS_EVENT_AHEAD'
  | 'USERS_AUTHENTICATION_UNAVAILABLE'
  | 'USERS_STORE_UNAVAILABLE';

export interface UsersErrorOptions {
  readonly cause?: unknown;
  /** Seconds after which a second try makes sense; on the `_UNAVAILABLE` codes alone. */
  readonly retryAfterSeconds?: number;
}

/** An answer of the domain that is not a result. It knows no HTTP: error-map.ts gives the status. */
export class UsersError extends Error {
  override readonly name = 'UsersError';
  readonly code: UsersErrorCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: UsersErrorCode, message: string, options: UsersErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** True for an error of this app, of the given code when one is given. */
export function isUsersError(error: unknown, code?: UsersErrorCode): error is UsersError {
  return error instanceof UsersError && (code === undefined || error.code === code);
}
