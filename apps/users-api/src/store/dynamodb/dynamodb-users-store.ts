import { setTimeout as pauseMs } from 'node:timers/promises';
import type { DynamoDocuments } from '@gatehouse/clients';
import { isUsersError, UsersError } from '../../model/errors.ts';
import type { User } from '../../model/user.ts';
import type { CreateCall, StoreCall, UsersStore } from '../users-store.ts';
import { listUsers } from './list-users.ts';
import { toStoreFailure } from './store-failure.ts';
import {
  creationDigest,
  externalKey,
  fromExternalItem,
  fromUserItem,
  subjectKey,
  userKey,
  type ExternalItem,
  type ReservationItem,
  type UserItem,
} from './users-table.ts';
import { callOptions } from './call-options.ts';
import { createTransactionSteps } from './user-transactions.ts';
import { writeTransaction, type Pause, type TransactionStep } from './write-transaction.ts';

export interface DynamoDbUsersStoreOptions {
  readonly documents: DynamoDocuments;
  /** Table laid out as users-table.ts says. */
  readonly tableName: string;
  /** Waits before a transaction that met another one is tried again. Default: a timer. */
  readonly pause?: Pause;
}

/**
 * Users in DynamoDB. Reads by key are strongly consistent; every write is one TransactWriteItems that moves the user and
 * its reservations together; the list reads the index of users-table.ts, never a Scan.
 */
export function createDynamoDbUsersStore({
  documents,
  tableName,
  pause = async (ms, signal) => pauseMs(ms, undefined, { ...(signal === undefined ? {} : { signal }) }),
}: DynamoDbUsersStoreOptions): UsersStore {
  const steps = createTransactionSteps(tableName);

  async function read<Item>(pk: string, { signal }: StoreCall): Promise<Item | undefined> {
    const answer = await documents.get(
      { TableName: tableName, Key: { pk }, ConsistentRead: true },
      callOptions(signal),
    );
    return answer.Item as Item | undefined;
  }

  async function get(id: string, call: StoreCall): Promise<User | undefined> {
    const item = await read<UserItem>(userKey(id), call);
    return item === undefined ? undefined : fromUserItem(item);
  }

  async function write(transaction: readonly TransactionStep[], { signal }: StoreCall): Promise<void> {
    await writeTransaction(documents, transaction, { signal, pause });
  }

  async function create(user: User, call: CreateCall): Promise<User> {
    try {
      await write(steps.create(user, call), call);
      return user;
    } catch (error) {
      if (!isUsersError(error, 'USERS_EMAIL_TAKEN') && !isUsersError(error, 'USERS_SUBJECT_TAKEN')) {
        throw error;
      }
      const reservation = await read<ReservationItem>(subjectKey(user.subject), call);
      const earlier =
        reservation?.creation === creationDigest(call.writeToken, user)
          ? await get(reservation.userId, call)
          : undefined;
      if (earlier === undefined) {
        throw error;
      }
      return earlier;
    }
  }

  return {
    get: async (id, call = {}) => orFailure(get(id, call)),
    getBySubject: async (subject, call = {}) =>
      orFailure(
        read<ReservationItem>(subjectKey(subject), call).then((reservation) =>
          reservation === undefined ? undefined : get(reservation.userId, call),
        ),
      ),
    getExternalLink: async (externalId, call = {}) =>
      orFailure(
        read<ExternalItem>(externalKey(externalId), call).then((item) =>
          item === undefined ? undefined : fromExternalItem(externalId, item),
        ),
      ),
    create: async (user, call) => orFailure(create(user, call)),
    replace: async (previous, next, call = {}) => {
      if (previous.id !== next.id || previous.subject !== next.subject) {
        throw new TypeError('A replacement keeps the id and the subject.');
      }
      return orFailure(write(steps.replace(previous, next, call.link), call));
    },
    delete: async (user, call = {}) => orFailure(write(steps.delete(user, call.link), call)),
    changeExternalLink: async (link, call = {}) => orFailure(write([steps.changeLink(link)], call)),
    list: async (page, call = {}) => orFailure(listUsers({ documents, tableName }, page, call)),
  };
}

/** What the work gives, or the port's error for a failure that passes. */
async function orFailure<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof UsersError ? error : toStoreFailure(error);
  }
}
