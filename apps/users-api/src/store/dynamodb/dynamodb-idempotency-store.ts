import type { DynamoDocuments } from '@gatehouse/clients';
import type { ClaimOutcome, IdempotencyClaim, IdempotencyStore, StoredResponse } from '@gatehouse/http';
import { isPassingFailure, toStoreFailure } from './store-failure.ts';

export interface DynamoDbIdempotencyStoreOptions {
  readonly documents: DynamoDocuments;
  /** The users table; its TTL attribute is `expiresAt`. */
  readonly tableName: string;
}

interface IdempotencyItem {
  readonly pk: string;
  readonly fingerprint: string;
  readonly claimedBy: string;
  readonly lockedUntilMs: number;
  /** Seconds since the epoch; the table's TTL. */
  readonly expiresAt: number;
  /** A StoredResponse as JSON; absent while the request is under way. */
  readonly answer?: string;
}

const keyOf = ({ key }: IdempotencyClaim): string => `IDEMPOTENCY#${key}`;

/**
 * Answers by Idempotency-Key in the users table: items `IDEMPOTENCY#<digest>`, one conditional write a call. TTL takes
 * expired items out some time later, so that the condition looks at the time itself. An answer holds what was
 * answered, a user's email too, until it expires.
 */
export function createDynamoDbIdempotencyStore({
  documents,
  tableName,
}: DynamoDbIdempotencyStoreOptions): IdempotencyStore {
  async function claimOnce(claim: IdempotencyClaim): Promise<ClaimOutcome> {
    const { fingerprint, owner, lockedUntilMs, expiresAtSeconds, nowMs } = claim;
    const item: IdempotencyItem = {
      pk: keyOf(claim),
      fingerprint,
      claimedBy: owner,
      lockedUntilMs,
      expiresAt: expiresAtSeconds,
    };
    try {
      await documents.put({
        TableName: tableName,
        Item: { ...item },
        ConditionExpression:
          'attribute_not_exists(pk) OR expiresAt <= :nowSeconds' +
          ' OR (attribute_not_exists(answer) AND (lockedUntilMs <= :nowMs OR claimedBy = :owner))',
        ExpressionAttributeValues: {
          ':nowSeconds': Math.floor(nowMs / 1000),
          ':nowMs': nowMs,
          ':owner': owner,
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return { kind: 'claimed' };
    } catch (error) {
      const present = presentItem(error);
      if (present === undefined) {
        throw error;
      }
      return present.answer === undefined
        ? { kind: 'in-flight', fingerprint: present.fingerprint }
        : {
            kind: 'answered',
            fingerprint: present.fingerprint,
            response: JSON.parse(present.answer) as StoredResponse,
          };
    }
  }

  /** A claim whose answer was lost may stand; asking again as the same owner is answered as the first time. */
  async function claim(wanted: IdempotencyClaim): Promise<ClaimOutcome> {
    try {
      return await claimOnce(wanted);
    } catch (error) {
      if (!isPassingFailure(error)) {
        throw error;
      }
    }
    try {
      return await claimOnce(wanted);
    } catch (error) {
      throw toStoreFailure(error);
    }
  }

  return {
    claim,
    complete: async (wanted, response) =>
      ifStillOwned(
        documents.update({
          TableName: tableName,
          Key: { pk: keyOf(wanted) },
          UpdateExpression: 'SET answer = :answer',
          ConditionExpression: 'claimedBy = :owner',
          ExpressionAttributeValues: { ':owner': wanted.owner, ':answer': JSON.stringify(response) },
        }),
      ),
    release: async (wanted) =>
      ifStillOwned(
        documents.delete({
          TableName: tableName,
          Key: { pk: keyOf(wanted) },
          ConditionExpression: 'claimedBy = :owner',
          ExpressionAttributeValues: { ':owner': wanted.owner },
        }),
      ),
  };
}

/** Somebody who took the key over after the lock ran out keeps it. */
async function ifStillOwned(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isConditionFailure(error)) {
      throw toStoreFailure(error);
    }
  }
}

function isConditionFailure(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

function presentItem(error: unknown): IdempotencyItem | undefined {
  return isConditionFailure(error) ? (error as { readonly Item?: IdempotencyItem }).Item : undefined;
}
