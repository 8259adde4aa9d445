import { UsersError } from '../../model/errors.ts';
import type { ExternalLink, User } from '../../model/user.ts';
import type { CreateCall } from '../users-store.ts';
import {
  creationDigest,
  emailKey,
  subjectKey,
  toExternalItem,
  toUserItem,
  userKey,
  type ReservationItem,
} from './users-table.ts';
import type { TransactionStep } from './write-transaction.ts';

/** The steps of each write, as data. */
export interface TransactionSteps {
  create(user: User, call: Pick<CreateCall, 'writeToken' | 'link'>): readonly TransactionStep[];
  replace(previous: User, next: User, link?: ExternalLink): readonly TransactionStep[];
  delete(user: User, link?: ExternalLink): readonly TransactionStep[];
  putLink(link: ExternalLink): TransactionStep;
}

const stale = (): UsersError => new UsersError('USERS_VERSION_STALE', 'The record has changed meanwhile.');
const emailTaken = (): UsersError => new UsersError('USERS_EMAIL_TAKEN', 'Another user has this email.');
const subjectTaken = (): UsersError =>
  new UsersError('USERS_SUBJECT_TAKEN', 'The subject has a user already.');

export function createTransactionSteps(tableName: string): TransactionSteps {
  function reserve(item: ReservationItem, taken: () => UsersError): TransactionStep {
    return {
      write: {
        Put: { TableName: tableName, Item: { ...item }, ConditionExpression: 'attribute_not_exists(pk)' },
      },
      refused: taken,
    };
  }

  function release(pk: string, userId: string): TransactionStep {
    return {
      write: {
        Delete: {
          TableName: tableName,
          Key: { pk },
          ConditionExpression: 'userId = :userId',
          ExpressionAttributeValues: { ':userId': userId },
        },
      },
      refused: stale,
    };
  }

  function putLink(link: ExternalLink): TransactionStep {
    return {
      write: {
        Put: {
          TableName: tableName,
          Item: { ...toExternalItem(link) },
          ConditionExpression: 'attribute_not_exists(pk) OR occurredAt < :occurredAt',
          ExpressionAttributeValues: { ':occurredAt': link.occurredAt },
        },
      },
      refused: stale,
    };
  }

  const linkSteps = (link: ExternalLink | undefined): readonly TransactionStep[] =>
    link === undefined ? [] : [putLink(link)];

  const versionIs = (user: User) => ({
    ConditionExpression: 'version = :version',
    ExpressionAttributeValues: { ':version': user.version },
  });

  return {
    // The order is that of the answers: when both are taken, the subject's own earlier record is what matters.
    create: (user, { writeToken, link }) => [
      reserve(
        { pk: subjectKey(user.subject), userId: user.id, creation: creationDigest(writeToken, user) },
        subjectTaken,
      ),
      reserve({ pk: emailKey(user.email), userId: user.id }, emailTaken),
      {
        write: {
          Put: {
            TableName: tableName,
            Item: { ...toUserItem(user) },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        refused: () => new Error('A generated id is in use already.'),
      },
      ...linkSteps(link),
    ],
    replace: (previous, next, link) => [
      {
        write: { Put: { TableName: tableName, Item: { ...toUserItem(next) }, ...versionIs(previous) } },
        refused: stale,
      },
      ...(previous.email === next.email
        ? []
        : [
            reserve({ pk: emailKey(next.email), userId: next.id }, emailTaken),
            release(emailKey(previous.email), previous.id),
          ]),
      ...linkSteps(link),
    ],
    delete: (user, link) => [
      {
        write: { Delete: { TableName: tableName, Key: { pk: userKey(user.id) }, ...versionIs(user) } },
        refused: stale,
      },
      release(emailKey(user.email), user.id),
      release(subjectKey(user.subject), user.id),
      ...linkSteps(link),
    ],
    putLink,
  };
}
