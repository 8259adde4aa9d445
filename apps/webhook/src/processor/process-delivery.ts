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
   * A delivery that cannot be applied is tried for so long after it was handed over, then it is `failed`: it no longer holds
   * up those behind it, and is there to be replayed.
   */
  readonly giveUpSeconds: number;
}

/** What became of a delivery. */
export type Processed = 'done' | 'failed' | 'ignored';

/**
 * Works on one delivery and writes down what became of it. Doing so twice is harmless.
 *
 * @throws when it has to be tried again; the row is then as it was.
 */
export async function processDelivery(
  { delivery, handedOverAtMs }: HandedOver,
  dependencies: ProcessorDependencies,
  log: Log,
): Promise<Processed> {
  const event = readEvent(delivery);
  if (event instanceof WebhookError) return fail(delivery, event.code, { dependencies, log });
  if (event === undefined) {
    await dependencies.progress.complete(delivery, 'ignored');
    log.info('The delivery is none of ours', { deliveryId: delivery.key });
    return 'ignored';
  }
  const application = await apply({ event, delivery, handedOverAtMs }, dependencies);
  if (application.kind === 'refused') return fail(delivery, application.reason, { dependencies, log });
  await dependencies.progress.complete(delivery, application.outcome);
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

async function apply(
  { event, delivery, handedOverAtMs }: HandedOver & { readonly event: UserEvent },
  { users, clock, giveUpSeconds }: ProcessorDependencies,
): Promise<Application> {
  try {
    return await users.apply(event, delivery);
  } catch (error) {
    if (clock() - handedOverAtMs < giveUpSeconds * 1000) throw error;
    return { kind: 'refused', reason: 'WEBHOOK_USERS_API_UNAVAILABLE' };
  }
}

async function fail(
  delivery: StoredDelivery,
  reason: string,
  { dependencies, log }: { readonly dependencies: ProcessorDependencies; readonly log: Log },
): Promise<'failed'> {
  await dependencies.progress.fail(delivery, reason);
  log.error('The delivery has failed; replay it when its cause is gone', {
    deliveryId: delivery.key,
    reason,
  });
  return 'failed';
}
