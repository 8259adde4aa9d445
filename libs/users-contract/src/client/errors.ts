/** Codes of this client's own errors. */
export type UsersClientErrorCode =
  /** The API answered with problem details, or any other error status; see `problem` and `status`. */
  | 'USERS_CLIENT_PROBLEM'
  /** The API's answer is not what its contract says: a status that the operation does not have, no body, no JSON. */
  | 'USERS_CLIENT_RESPONSE_INVALID'
  /** No answer came; `cause` says why. */
  | 'USERS_CLIENT_UNANSWERED';

/** Problem details as this API answers them (RFC 9457). */
export interface ApiProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** `USERS_EMAIL_TAKEN`, `HTTP_REQUEST_INVALID` and so on; by the contract's `problems`. */
  readonly code: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly requestId?: string;
  readonly errors?: readonly { readonly in: string; readonly pointer: string; readonly detail: string }[];
}

export interface UsersClientErrorDetails {
  readonly cause?: unknown;
  readonly status?: number;
  readonly problem?: ApiProblem;
  readonly retryAfterSeconds?: number;
}

/** Every error of this client but a TypeError for a call that cannot be sent as it is. */
export class UsersClientError extends Error {
  override readonly name = 'UsersClientError';
  readonly code: UsersClientErrorCode;
  readonly operationId: string;
  /** Status of the answer, when there was one. */
  readonly status: number | undefined;
  /** What the API said; absent when a front answered by itself. */
  readonly problem: ApiProblem | undefined;
  /** Seconds that the API asked to wait. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: UsersClientErrorCode, operationId: string, details: UsersClientErrorDetails = {}) {
    const { cause, status, problem, retryAfterSeconds } = details;
    const what = problem?.code ?? (status === undefined ? code : `status ${status}`);
    super(`${operationId}: ${what}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.operationId = operationId;
    this.status = status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
