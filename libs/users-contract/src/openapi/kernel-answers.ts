import {
  HTTP_PROBLEMS,
  type HttpProblemCode,
  type Operation,
  type ResponseDefinition,
} from '@gatehouse/http';

type Ask = (operation: Operation) => boolean;

const always: Ask = () => true;
const never: Ask = () => false;
const isGuarded: Ask = ({ access }) => access.kind !== 'public';
const takesBody: Ask = ({ request }) => request?.body !== undefined;
const takesKey: Ask = ({ idempotency }) => idempotency !== undefined;

function bodyIs(operation: Operation, mediaType: RegExp): boolean {
  const body = operation.request?.body;
  if (body === undefined) {
    return false;
  }
  const { contentTypes = ['application/json'] } = '~standard' in body ? {} : body;
  return contentTypes.some((contentType) => mediaType.test(contentType));
}

const takesJson: Ask = (operation) => bodyIs(operation, /[/+]json$/);

/** True for a read whose answer has a version, which the caller may have already (RFC 9110 13.1.2). */
export function isVersionedRead({ method, responses }: Operation): boolean {
  const answer = responses[200];
  return (
    method === 'GET' && answer !== undefined && 'headers' in answer && answer.headers['etag'] !== undefined
  );
}

/** Which operations each problem of the kernel may be the answer of, by what they declare; docs/lifecycle.md has when. */
const ASKS: Readonly<Record<HttpProblemCode, Ask>> = {
  HTTP_PATH_ENCODING_INVALID: ({ path }) => path.includes('{'),
  // Both the schema and the fingerprint of a request under a key read the query.
  HTTP_QUERY_ENCODING_INVALID: (operation) => operation.request?.query !== undefined || takesKey(operation),
  HTTP_BODY_ENCODING_INVALID: (operation) => takesJson(operation) || bodyIs(operation, /^text\//),
  HTTP_BODY_NOT_JSON: takesJson,
  HTTP_BODY_TOO_DEEP: takesJson,
  HTTP_BODY_KEY_FORBIDDEN: takesJson,
  HTTP_BODY_REQUIRED: ({ request: { body } = {} }) =>
    body !== undefined && ('~standard' in body || body.required !== false),
  HTTP_REQUEST_INVALID: ({ request = {} }) =>
    [request.params, request.query, request.headers, request.body].some((part) => part !== undefined),
  HTTP_PRECONDITION_INVALID: (operation) =>
    operation.precondition !== undefined || isVersionedRead(operation),
  HTTP_IDEMPOTENCY_KEY_REQUIRED: ({ idempotency }) => idempotency === 'required',
  HTTP_IDEMPOTENCY_KEY_INVALID: takesKey,
  HTTP_UNAUTHENTICATED: isGuarded,
  HTTP_CREDENTIALS_EXPIRED: isGuarded,
  HTTP_SCOPE_MISSING: isGuarded,
  HTTP_INTERNAL_ONLY: ({ access }) => access.kind === 'internal',
  // The answers to what is no operation.
  HTTP_NOT_FOUND: never,
  HTTP_METHOD_NOT_ALLOWED: never,
  HTTP_IDEMPOTENCY_IN_FLIGHT: takesKey,
  // A handler's own to throw: an operation whose handler does declares it.
  HTTP_PRECONDITION_FAILED: never,
  HTTP_BODY_TOO_LARGE: takesBody,
  HTTP_CONTENT_TYPE_UNSUPPORTED: takesBody,
  HTTP_IDEMPOTENCY_KEY_REUSED: takesKey,
  HTTP_PRECONDITION_REQUIRED: ({ precondition }) => precondition === 'required',
  HTTP_INTERNAL: always,
  HTTP_DEADLINE_EXCEEDED: always,
};

/** Every problem that the kernel itself may answer to an operation of this kind, with its status. */
export function kernelProblems(
  operation: Operation,
): readonly { readonly code: HttpProblemCode; readonly status: number }[] {
  return Object.entries(HTTP_PROBLEMS)
    .map(([code, { status }]) => ({ code: code as HttpProblemCode, status }))
    .filter(({ code }) => ASKS[code](operation));
}

/** What a versioned read answers to a caller who has the version (RFC 9110 15.4.5). */
export const NOT_MODIFIED: ResponseDefinition = {
  description: 'The caller has this version: If-None-Match names it.',
  headers: { etag: { description: 'The version, as the caller has it.' } },
};
