import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import type { EventSourceModel } from '../model/app-model.ts';
import type { TraceSink } from '../trace/trace-sink.ts';
import { failureRecord } from './failure-record.ts';
import { passesFilters } from './filter-pattern.ts';
import { processBatch } from './process-batch.ts';
import type { GivenUpBatch } from './process-batch.ts';
import type { QueueStore } from './queue-store.ts';
import type { ShardPosition, StreamClient } from './stream-client.ts';
import { toStreamRecord } from './stream-record.ts';
import type { StreamRecord } from './stream-record.ts';
import { takeBatch } from './take-batch.ts';

export interface EventSourceDependencies {
  readonly streams: StreamClient;
  readonly invoker: FunctionInvoker;
  readonly queues: QueueStore;
  readonly region: string;
  readonly trace: TraceSink;
  /** A remark for the terminal. */
  readonly notice: (text: string) => void;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly clock?: () => number;
  /** Pause between reads of an idle shard. Default 100; Lambda's is 250. */
  readonly pollIntervalMs?: number;
}

export interface RunningEventSource {
  /** Resolves when the batch at hand has ended. */
  close(): Promise<void>;
}

/** New shards are looked for this often. */
const shardRefreshMs = 10_000;
const errorPauseMs = 1_000;

/** Reads a table's stream and hands its records to the function, shard by shard, in order, until it is closed. */
export function startEventSource(
  mapping: EventSourceModel,
  deps: EventSourceDependencies,
): RunningEventSource {
  const clock = deps.clock ?? Date.now;
  const pollIntervalMs = deps.pollIntervalMs ?? 100;
  const stop = createStop();
  const reading = new Map<string, Promise<void>>();

  async function watchShards(): Promise<void> {
    const streamArn = await retried(() => deps.streams.streamOf(mapping.tableName));
    if (stop.stopped()) return;
    if (streamArn === undefined) {
      deps.notice(`event source ${mapping.logicalId}: the table ${mapping.tableName} has no stream`);
      return;
    }
    let first = true;
    while (!stop.stopped()) {
      const shards = (await retried(() => deps.streams.shardsOf(streamArn))) ?? [];
      for (const shardId of shards.filter((id) => !reading.has(id))) {
        // Records of a shard that appears later are all new.
        const start: ShardPosition = { type: first ? mapping.startingPosition : 'TRIM_HORIZON' };
        reading.set(shardId, readShard({ streamArn, shardId, start }));
      }
      first = first && shards.length === 0;
      await stop.sleep(shards.length === 0 ? pollIntervalMs : shardRefreshMs);
    }
  }

  async function readShard(shard: {
    readonly streamArn: string;
    readonly shardId: string;
    readonly start: ShardPosition;
  }): Promise<void> {
    const { streamArn, shardId } = shard;
    const waiting: StreamRecord[] = [];
    let waitingSince = 0;
    let position = shard.start;
    let iterator: string | undefined;
    while (!stop.stopped()) {
      iterator ??= await retried(() => deps.streams.iteratorOf(streamArn, shardId, position));
      if (iterator === undefined) return;
      const page = await deps.streams.recordsAt(iterator).catch(() => undefined);
      if (page === undefined) {
        // An expired iterator, or an engine that is gone: a new one goes on after the last record.
        iterator = undefined;
        await stop.sleep(errorPauseMs);
        continue;
      }
      const records = page.records.flatMap(
        (raw) => toStreamRecord(raw, { ...mapping, region: deps.region }) ?? [],
      );
      const last = records.at(-1);
      if (last !== undefined) {
        position = { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber: last.sequenceNumber };
      }
      if (waiting.length === 0) waitingSince = clock();
      waiting.push(...records.filter(({ event }) => passesFilters(event, mapping.filters)));
      // A shard that has ended gives no more: what waits is due now.
      await handleWaiting(waiting, page.next === undefined ? 0 : waitingSince, shardId);
      if (page.next === undefined) return;
      iterator = page.next;
      if (records.length === 0) await stop.sleep(pollIntervalMs);
    }
  }

  async function handleWaiting(
    waiting: StreamRecord[],
    waitingSince: number,
    shardId: string,
  ): Promise<void> {
    while (waiting.length > 0 && !stop.stopped()) {
      const batch = takeBatch(waiting, mapping, { now: clock(), waitingSince });
      if (batch.length === 0) return;
      await handleBatch(batch, shardId);
    }
  }

  async function handleBatch(batch: readonly StreamRecord[], shardId: string): Promise<void> {
    await processBatch(batch, mapping, {
      clock,
      stopped: stop.stopped,
      sleep: stop.sleep,
      invoke: (records) =>
        deps.invoker.invoke(
          mapping.functionArn,
          JSON.stringify({ Records: records.map(({ event }) => event) }),
        ),
      giveUp: (given) => giveUp(given, shardId),
      observe: (verdict, records) =>
        deps.trace({
          at: clock(),
          requestId: `${shardId}/${records[0]?.sequenceNumber ?? ''}`,
          front: mapping.logicalId,
          kind: 'event-source',
          stage: 'batch',
          outcome: verdict.kind === 'success' ? 'pass' : 'error',
          ...(verdict.kind === 'success' ? {} : { reason: verdict.reason }),
          detail: { functionArn: mapping.functionArn, batchSize: records.length },
        }),
    });
  }

  function giveUp(given: GivenUpBatch, shardId: string): void {
    const record = failureRecord(given, { ...mapping, shardId }, clock());
    const kept =
      mapping.onFailureArn !== undefined && deps.queues.send(mapping.onFailureArn, JSON.stringify(record));
    const where = kept ? `its metadata is in ${mapping.onFailureArn}` : 'no destination keeps its metadata';
    deps.notice(
      `event source ${mapping.logicalId}: gave up ${given.records.length} records (${given.condition}); ${where}`,
    );
  }

  /** Tries until it works or the source is closed, which gives undefined. */
  async function retried<T>(read: () => Promise<T>): Promise<T | undefined> {
    while (!stop.stopped()) {
      try {
        return await read();
      } catch {
        await stop.sleep(errorPauseMs);
      }
    }
    return undefined;
  }

  const watching = watchShards();
  return {
    async close() {
      stop.stop();
      await watching;
      await Promise.all(reading.values());
    },
  };
}

/** A flag that ends every pause when it is set. */
function createStop(): {
  readonly stopped: () => boolean;
  readonly stop: () => void;
  readonly sleep: (delayMs: number) => Promise<void>;
} {
  let isStopped = false;
  const wakers = new Set<() => void>();
  return {
    stopped: () => isStopped,
    stop() {
      isStopped = true;
      for (const wake of wakers) wake();
    },
    sleep: (delayMs) =>
      new Promise((resolve) => {
        if (isStopped) {
          resolve();
          return;
        }
        const wake = (): void => {
          clearTimeout(timer);
          wakers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, delayMs);
        wakers.add(wake);
      }),
  };
}
