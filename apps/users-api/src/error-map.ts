import { problem, type Problem } from '@gatehouse/http';
import { UsersError, type UsersErrorCode } from './model/errors.ts';

/** The status of every error of this app; the README has the same table, and a test holds the two together. */
export const USERS_STATUSES = {
  USERS_NOT_FOUND: 404,
  USERS_FORBIDDEN: 403,
  USERS_EMAIL_TAKEN: 409,
  USERS_SUBJECT_TAKEN: 409,
  USERS_VERSION_STALE: 412,
  USERS_PRECONDITION_MISSING: 428,
  USERS_CURSOR_INVALID: 400,
  USERS_EVENT_AHEAD: 400,
  USERS_AUTHENTICATION_UNAVAILABLE: 503,
  USERS_STORE_UNAVAILABLE: 503,
} as const satisfies Readonly<Record<UsersErrorCode, number>>;

/** Problem details of this app's own errors; `undefined` for any other, which the kernel answers as a bland 500. */
export function mapError(error: unknown): Problem | undefined {
  if (!(error instanceof UsersError)) {
    return undefined;
  }
  const { code, message, retryAfterSeconds } = error;
  return problem({
    status: USERS_STATUSES[code],
    code,
    detail: message,
    ...(retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }),
  });
}
