import { createHash } from 'node:crypto';
import { toListPosition } from '../../model/list-position.ts';
import type { ExternalLink, User, UserProfile } from '../../model/user.ts';
import { creationName } from '../creation-name.ts';

/**
 * The users table as it is laid out. Partition key `pk` (S) alone; four kinds of item:
 *
 * | pk | holds |
 * |---|---|
 * | `USER#<id>` | the user, and `shard` and `sortKey` for the index |
 * | `EMAIL#<normalised address>` | reservation: `userId` |
 * | `SUBJECT#<issuer#sub>` | reservation: `userId`, and `creation`, a digest of the token and profile it was created by |
 * | `EXTERNAL#<external id>` | `occurredAt` of the newest event, its `deliveryId` and `receivedAt`, `userId` while there is a user |
 *
 * Index `by-shard`: partition `shard` (S), sort `sortKey` (S), all attributes; user items alone have both.
 */
export const LIST_INDEX = 'by-shard';

/**
 * Partitions of the list index. One partition takes 1,000 writes a second, and the index's partition throttles the
 * table's writes; eight lift that to 8,000. May grow (older users stay where they are), must never shrink.
 */
export const LIST_SHARDS: readonly string[] = Array.from({ length: 8 }, (_, shard) => `USERS#${shard}`);

export const userKey = (id: string): string => `USER#${id}`;
export const emailKey = (email: string): string => `EMAIL#${email}`;
export const subjectKey = (subject: string): string => `SUBJECT#${subject}`;
export const externalKey = (externalId: string): string => `EXTERNAL#${externalId}`;

/** The index partition of a user: by the first 32 bits of its random id, so that all fill alike. */
export function shardOf(id: string): string {
  const shard = Number.parseInt(id.slice(0, 8), 16) % LIST_SHARDS.length;
  return LIST_SHARDS[shard] ?? 'USERS#0';
}

/** A creation's name in a reservation; a digest, so that the profile is kept in one place. */
export function creationDigest(writeToken: string, profile: UserProfile): string {
  return createHash('sha256').update(creationName(writeToken, profile)).digest('base64url');
}

export interface UserItem extends User {
  readonly pk: string;
  readonly shard: string;
  readonly sortKey: string;
}

export interface ReservationItem {
  readonly pk: string;
  readonly userId: string;
  readonly creation?: string;
}

export interface ExternalItem {
  readonly pk: string;
  readonly occurredAt: string;
  readonly deliveryId?: string;
  readonly receivedAt?: string;
  readonly userId?: string;
}

export function toUserItem(user: User): UserItem {
  return { pk: userKey(user.id), shard: shardOf(user.id), sortKey: toListPosition(user), ...user };
}

/** The user of an item, without the table's own attributes. */
export function fromUserItem({ pk: _pk, shard: _shard, sortKey: _sortKey, ...user }: UserItem): User {
  return user;
}

export function toExternalItem({ externalId, occurredAt, delivery, userId }: ExternalLink): ExternalItem {
  return {
    pk: externalKey(externalId),
    occurredAt,
    ...(delivery === undefined ? {} : { deliveryId: delivery.id, receivedAt: delivery.receivedAt }),
    ...(userId === undefined ? {} : { userId }),
  };
}

export function fromExternalItem(
  externalId: string,
  { occurredAt, deliveryId, receivedAt, userId }: ExternalItem,
): ExternalLink {
  return {
    externalId,
    occurredAt,
    ...(deliveryId === undefined || receivedAt === undefined
      ? {}
      : { delivery: { id: deliveryId, receivedAt } }),
    ...(userId === undefined ? {} : { userId }),
  };
}
