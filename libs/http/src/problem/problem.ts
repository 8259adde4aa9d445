import { reasonPhrase } from './reason-phrase.ts';

/** One thing wrong with the request. */
export interface ProblemError {
  /** Which part of the request. */
  readonly in: 'path' | 'query' | 'headers' | 'body';
  /** JSON pointer (RFC 6901) into that part: `/email`, `/items/0/name`; the empty string is the whole part. */
  readonly pointer: string;
  readonly detail: string;
}

/** Problem details (RFC 9457), plus `code`, `requestId` and `errors`. */
export interface Problem {
  /** URI reference that names the kind of problem. Default `about:blank`, or by the handler's `problemTypeBase`. */
  readonly type?: string;
  /** The status' reason phrase unless said otherwise (RFC 9457 4.2.1). An answer with status 500 or more has the phrase in any case. */
  readonly title: string;
  readonly status: number;
  /** For a person; of this occurrence. Left out of every answer with status 500 or more. */
  readonly detail?: string;
  readonly instance?: string;
  /** Stable and for machines: `HTTP_BODY_INVALID`, `USERS_EMAIL_TAKEN`. */
  readonly code: string;
  readonly requestId?: string;
  readonly errors?: readonly ProblemError[];
  /** Sent as response headers, never in the body: `retry-after`, `www-authenticate`, `allow`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What `problem` needs: a status (400-599) and a code; the rest has defaults. */
export type ProblemInit = Pick<Problem, 'status' | 'code'> & Partial<Problem>;

/** A problem with its `title` filled in. Throws a TypeError for a status that is not an error's. */
export function problem(init: ProblemInit): Problem {
  if (!Number.isInteger(init.status) || init.status < 400 || init.status > 599) {
    throw new TypeError(`A problem's status is 400-599, not ${init.status}`);
  }
  return { title: reasonPhrase(init.status), ...init };
}
