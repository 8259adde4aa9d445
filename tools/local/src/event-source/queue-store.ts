import { randomUUID } from 'node:crypto';
import type { QueueModel } from '../model/app-model.ts';

/** Messages of the queues that event sources name as destinations; the latest hundred of each. */
export interface QueueStore {
  /** @returns false when there is no such queue. */
  send(queueArn: string, body: string): boolean;
  list(): readonly QueueContent[];
}

export interface QueueContent {
  readonly name: string;
  readonly arn: string;
  readonly messages: readonly QueueMessage[];
}

export interface QueueMessage {
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly body: string;
}

const keptMessages = 100;

/** An in-memory stand-in for SQS: it keeps and shows, and nothing can receive from it. */
export function createQueueStore(queues: readonly QueueModel[], clock: () => number = Date.now): QueueStore {
  const contents = queues.map(({ name, arn }) => ({ name, arn, messages: [] as QueueMessage[] }));
  return {
    send(queueArn, body) {
      const queue = contents.find(({ arn }) => arn === queueArn);
      if (queue === undefined) return false;
      queue.messages.push({ messageId: randomUUID(), sentAt: clock(), body });
      if (queue.messages.length > keptMessages) queue.messages.shift();
      return true;
    },
    list: () => contents,
  };
}
