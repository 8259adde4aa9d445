import type { User } from './user.ts';

const position = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A user's place in the list: creation time, then id, `2026-11-22T10:00:00.000Z#<uuid>`. It sorts as text, is unique
 * and never changes, so that no write moves a user from one page to another.
 */
export function toListPosition(user: Pick<User, 'createdAt' | 'id'>): string {
  return `${user.createdAt}#${user.id}`;
}

/** True for text of the form that `toListPosition` gives. */
export function isListPosition(text: string): boolean {
  return position.test(text);
}
