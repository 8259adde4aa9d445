import type { ProblemsDefinition } from '@gatehouse/http';

/** The answer of operations that need the store, or a token verified. */
export const unavailable = {
  503: {
    description:
      'The store does not answer, or tokens cannot be verified; nothing was done by half. Try again after Retry-After.',
    problems: ['USERS_STORE_UNAVAILABLE', 'USERS_AUTHENTICATION_UNAVAILABLE'],
  },
} as const satisfies Readonly<Record<number, ProblemsDefinition>>;

/** The answer of operations that take an event of a directory outside. */
export const eventAheadOfTime = {
  400: { description: 'The event is more than 24 hours ahead of time.', problems: ['USERS_EVENT_AHEAD'] },
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
