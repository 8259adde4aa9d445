import { UsersError } from '../../model/errors.ts';
import type { ExternalLink, User } from '../../model/user.ts';
import type { CreateCall, LinkChange } from '../users-store.ts';
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
  replace(previous: User, next: User, link?: LinkChange): readonly TransactionStep[];
  delete(user: User, link?: LinkChange): readonly TransactionStep[];
  changeLink(link: LinkChange): TransactionStep;
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

  function changeLink({ from, to }: LinkChange): TransactionStep {
    return {
      write: { Put: { TableName: tableName, Item: { ...toExternalItem(to) }, ...linkIs(from) } },
      refused: stale,
    };
  }

  const linkSteps = (link: LinkChange | undefined): readonly TransactionStep[] =>
    link === undefined ? [] : [changeLink(link)];

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
    changeLink,
  };
}

/** Holds for the very link that was read: by what tells two events of one external id apart. */
function linkIs(link: ExternalLink | undefined) {
  if (link === undefined) {
    return { ConditionExpression: 'attribute_not_exists(pk)' };
  }
  const { occurredAt, deliveryId, userId } = toExternalItem(link);
  const attributes = Object.entries({ occurredAt, deliveryId, userId });
  return {
    ConditionExpression: attributes
      .map(([name, value]) => (value === undefined ? `attribute_not_exists(${name})` : `${name} = :${name}`))
      .join(' AND '),
    ExpressionAttributeValues: Object.fromEntries(
      attributes.flatMap(([name, value]) => (value === undefined ? [] : [[`:${name}`, value]])),
    ),
  };
}
