import type { UserProfile } from '../model/user.ts';

/**
 * What a store recognises a creation by when it is asked for again: the caller's token and everything that was asked for, so
 * that a token that is used for something else too names another creation.
 */
export function creationName(writeToken: string, { email, name, locale }: UserProfile): string {
  return JSON.stringify([writeToken, email, name, locale]);
}
