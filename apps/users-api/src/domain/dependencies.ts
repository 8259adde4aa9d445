import type { UsersStore } from '../store/users-store.ts';

/** What every operation of the domain is given. */
export interface UsersDependencies {
  readonly store: UsersStore;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** A new lower-case UUID at every call. */
  readonly newId: () => string;
}

/** Options of every operation. */
export interface OperationOptions {
  /** Ends the operation early, when its caller's time is over. */
  readonly signal?: AbortSignal;
}
