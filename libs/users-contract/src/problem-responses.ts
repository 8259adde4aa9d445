import type { ProblemsDefinition } from '@gatehouse/http';

/** Answers that every operation with a caller may give. */
export const callerProblems = {
  401: {
    description: 'Nobody is signed in, or not any more.',
    problems: ['HTTP_UNAUTHENTICATED', 'HTTP_CREDENTIALS_EXPIRED'],
  },
  403: { description: 'The caller lacks the scope.', problems: ['HTTP_SCOPE_MISSING'] },
  503: {
    description:
      'The store does not answer, or tokens cannot be verified; nothing was done by half. Try again after Retry-After.',
    problems: ['USERS_STORE_UNAVAILABLE', 'USERS_AUTHENTICATION_UNAVAILABLE'],
  },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

export const invalidRequest = {
  400: { description: 'The request does not fit its schema.', problems: ['HTTP_REQUEST_INVALID'] },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

/** Answers of reads that take If-None-Match, of one's own record and of one that is named. */
export const invalidEntityTags = {
  400: { description: 'If-None-Match has no entity tags.', problems: ['HTTP_PRECONDITION_INVALID'] },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;
export const invalidConditionalRead = {
  400: {
    description: 'The request does not fit its schema, or If-None-Match has no entity tags.',
    problems: ['HTTP_REQUEST_INVALID', 'HTTP_PRECONDITION_INVALID'],
  },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

/** Answers of operations that take If-Match, without a body. */
export const invalidConditionalRequest = {
  400: {
    description: 'The request does not fit its schema, or If-Match has no entity tags.',
    problems: ['HTTP_REQUEST_INVALID', 'HTTP_PRECONDITION_INVALID'],
  },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

const bodyProblems = [
  'HTTP_BODY_REQUIRED',
  'HTTP_BODY_NOT_JSON',
  'HTTP_BODY_ENCODING_INVALID',
  'HTTP_BODY_TOO_DEEP',
  'HTTP_BODY_KEY_FORBIDDEN',
  'HTTP_REQUEST_INVALID',
] as const;

/** Answers of operations that take a body. */
export const invalidBody = {
  400: {
    description: 'The body is missing, not JSON, or does not fit its schema.',
    problems: bodyProblems,
  },
  413: { description: 'The body is too large.', problems: ['HTTP_BODY_TOO_LARGE'] },
  415: { description: 'The body is of another media type.', problems: ['HTTP_CONTENT_TYPE_UNSUPPORTED'] },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

/** Answers of operations that take a body and If-Match. */
export const invalidConditionalBody = {
  ...invalidBody,
  400: {
    description: 'The body does not fit its schema, or If-Match has no entity tags.',
    problems: [...bodyProblems, 'HTTP_PRECONDITION_INVALID'],
  },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

/** Answers of operations that take a body and an Idempotency-Key. */
export const invalidNamedBody = {
  ...invalidBody,
  400: {
    description: 'The body does not fit its schema, or the Idempotency-Key is malformed.',
    problems: [...bodyProblems, 'HTTP_IDEMPOTENCY_KEY_INVALID'],
  },
  422: {
    description: 'The Idempotency-Key belongs to a different request.',
    problems: ['HTTP_IDEMPOTENCY_KEY_REUSED'],
  },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

export const userNotFound = {
  404: {
    description: 'There is no such user, or it is not the caller’s to see: both look alike.',
    problems: ['USERS_NOT_FOUND'],
  },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

/** Answers of operations that change a version of a user. */
export const versionProblems = {
  412: { description: 'The user has changed since that version.', problems: ['USERS_VERSION_STALE'] },
  428: {
    description: 'The request does not say which version it changes.',
    problems: ['USERS_PRECONDITION_MISSING'],
  },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

export const emailTaken = {
  409: { description: 'Another user has this email.', problems: ['USERS_EMAIL_TAKEN'] },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;
