import {
  createUsersClient,
  UsersClientError,
  type Transport,
  type UsersClient,
} from '@gatehouse/users-contract/client';
import type { UserChanged } from '../domain/user-event.ts';
import type { Application, EventSource, UsersDirectory } from '../domain/users-directory.ts';
import { WebhookError } from '../errors.ts';

export interface ClientUsersDirectoryOptions {
  /** The internal function URL (AWS_IAM) of users-api. */
  readonly baseUrl: string;
  /** Sends signed requests on kept connections. */
  readonly transport: Transport;
  /** Waits between the tries of one call. Default: a timer. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** Answers that blame the event itself: sending it again gives the same. */
const REFUSALS: ReadonlySet<number> = new Set([400, 413, 415, 422]);
/** Another user has what the event wants, which an event that comes later may change. */
const CONFLICT = 409;
/** No answer of these operations: something else is at the URL. */
const NOT_FOUND = 404;
/** A problem's code, as the users API writes its own. */
const CODE = /^[A-Z][A-Z0-9_]{2,63}$/;

/** The users API over its internal URL, by its typed client. */
export function createClientUsersDirectory(options: ClientUsersDirectoryOptions): UsersDirectory {
  const client = createUsersClient(options);
  return {
    async apply(event, delivery) {
      try {
        const { body } = await (event.kind === 'deleted'
          ? client.deleteExternalUser({
              params: { externalId: event.externalId },
              query: { occurredAt: event.occurredAt },
            })
          : client.upsertExternalUser({
              params: { externalId: event.externalId },
              body: toBody(event, delivery),
            }));
        return { kind: 'applied', outcome: body.outcome };
      } catch (error) {
        return toRefusal(error);
      }
    },
  };
}

type UpsertBody = Parameters<UsersClient['upsertExternalUser']>[0]['body'];

function toBody(
  { kind: _kind, externalId: _externalId, ...body }: UserChanged,
  source: EventSource,
): UpsertBody {
  return {
    ...body,
    delivery: { id: source.key, receivedAt: new Date(source.receivedAtMs).toISOString() },
  };
}

/**
 * @throws {WebhookError} when another try may succeed; also for 401 and 403, which blame this function's permissions, and for 404,
 *   which blames a deployment.
 */
function toRefusal(error: unknown): Application {
  // The client's word for an id that no path can carry.
  if (error instanceof TypeError) return { kind: 'refused', reason: 'WEBHOOK_EVENT_INVALID' };
  const { status = 0, reason = '' } = error instanceof UsersClientError ? readAnswer(error) : {};
  if (status === CONFLICT) return { kind: 'blocked', reason };
  if (REFUSALS.has(status)) return { kind: 'refused', reason };
  throw new WebhookError('WEBHOOK_USERS_API_UNAVAILABLE', 'The users API did not apply the event', {
    cause: error,
    ...(status === NOT_FOUND && { reason }),
  });
}

/** The reason is the users API's code, else the status: nothing else of an answer is written down. */
function readAnswer({ status, problem }: UsersClientError): {
  readonly status?: number;
  readonly reason?: string;
} {
  if (status === undefined) return {};
  const code = problem?.code ?? '';
  return { status, reason: CODE.test(code) ? code : `USERS_API_${status}` };
}
