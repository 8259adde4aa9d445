import type { Log } from '@gatehouse/observability';
import { readUserEvent } from '../domain/read-user-event.ts';
import type { UserEvent } from '../domain/user-event.ts';
import type { Application, UsersDirectory } from '../domain/users-directory.ts';
import { WebhookError } from '../errors.ts';
import type { StoredDelivery } from '../model/delivery.ts';
import type { DeliveryProgress } from '../store/delivery-progress.ts';
import type { HandedOver } from './read-record.ts';

export interface ProcessorDependencies {
  readonly users: UsersDirectory;
  readonly progress: DeliveryProgress;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /**
   * A delivery that cannot be applied is tried for so long after it was stored or set back, then it is `failed`: there to be
   * replayed.
   */
  readonly giveUpSeconds: number;
}

/** What became of a delivery. */
export type Processed = 'done' | 'failed' | 'ignored' | 'deferred';

/**
 * How long a blocked delivery stands where it is once it was deferred. It holds up those behind it for so long at most, and
 * is written no more often.
 */
const DEFER_MS = 10_000;

/** A delivery on its way, and what works on it. */
interface Work extends ProcessorDependencies, HandedOver {
  readonly log: Log;
}

/**
 * Works on one delivery and writes down what became of it. Doing so twice is harmless.
 *
 * @throws when it has to be tried again; the row is then as it was.
 */
export async function processDelivery(
  handedOver: HandedOver,
  dependencies: ProcessorDependencies,
  log: Log,
): Promise<Processed> {
  const work = { ...handedOver, ...dependencies, log };
  const { delivery, progress } = work;
  const event = readEvent(delivery);
  if (event instanceof WebhookError) return fail(work, event.code);
  if (event === undefined) {
    await progress.complete(delivery, 'ignored');
    log.info('The delivery is none of ours', { deliveryId: delivery.key });
    return 'ignored';
  }
  const application = await apply(event, work);
  if (application.kind === 'refused') return fail(work, application.reason);
  if (application.kind === 'blocked') return defer(work, application.reason);
  await progress.complete(delivery, application.outcome);
  log.info('The delivery is applied', { deliveryId: delivery.key, outcome: application.outcome });
  return 'done';
}

/** Only Standard Webhooks senders are directories of users; what the other schemes bring has no reader here yet. */
function readEvent(delivery: StoredDelivery): UserEvent | WebhookError | undefined {
  if (delivery.scheme !== 'standard-webhooks') return undefined;
  try {
    return readUserEvent(delivery.body);
  } catch (error) {
    if (error instanceof WebhookError) return error;
    throw error;
  }
}

async function apply(event: UserEvent, work: Work): Promise<Application> {
  try {
    return await work.users.apply(event, work.delivery);
  } catch (error) {
    if (!isOver(work)) throw error;
    const reason = error instanceof WebhookError ? error.reason : 'WEBHOOK_USERS_API_UNAVAILABLE';
    return { kind: 'refused', reason };
  }
}

function isOver({ clock, waitingSinceMs, giveUpSeconds }: Work): boolean {
  return clock() - waitingSinceMs >= giveUpSeconds * 1000;
}

/**
 * What another event may still unblock goes behind those that came meanwhile: that event may be among them. A stream that is
 * told of a failure goes on with nothing else of its shard.
 */
async function defer(work: Work, reason: string): Promise<'failed' | 'deferred'> {
  const { delivery, handedOverAtMs, waitingSinceMs, clock, progress, log } = work;
  if (isOver(work)) return fail(work, reason);
  if (delivery.deferrals > 0 && clock() - handedOverAtMs < DEFER_MS) {
    throw new WebhookError('WEBHOOK_EVENT_BLOCKED', 'The users API refuses the event as things stand', {
      reason,
    });
  }
  await progress.defer(delivery, waitingSinceMs);
  log.info('The delivery waits for another one', { deliveryId: delivery.key, reason });
  return 'deferred';
}

async function fail({ delivery, progress, log }: Work, reason: string): Promise<'failed'> {
  await progress.fail(delivery, reason);
  log.error('The delivery has failed; replay it when its cause is gone', {
    deliveryId: delivery.key,
    reason,
  });
  return 'failed';
}
