import type { JsonObject } from '../assembly/json.ts';
import type { FunctionInvoker, InvocationOutcome } from '../lambda/function-invoker.ts';
import type { EventSourceModel } from '../model/app-model.ts';
import type { TraceEvent } from '../trace/trace-sink.ts';
import { createQueueStore } from './queue-store.ts';
import { startEventSource } from './start-event-source.ts';
import type { StreamClient } from './stream-client.ts';
import { takeBatch } from './take-batch.ts';
import { streamRecords, succeeded, threw } from './testing/stream-records.ts';

const queue = { stack: 'App', logicalId: 'Dlq', name: 'dlq', arn: 'arn:aws:sqs:r:a:dlq', url: 'u' };
const mapping: EventSourceModel = {
  stack: 'App',
  logicalId: 'Mapping',
  id: 'm',
  functionArn: 'arn:fn',
  streamArn: 'arn:template-stream',
  tableName: 'deliveries',
  startingPosition: 'TRIM_HORIZON',
  batchSize: 2,
  batchingWindowSeconds: 0,
  filters: [],
  reportsItemFailures: false,
  bisectsOnError: false,
  maximumRetryAttempts: 0,
  maximumRecordAgeSeconds: -1,
  onFailureArn: queue.arn,
};

const now = Date.parse('2026-11-23T00:00:00Z');
const rawRecord = (sequence: number, more: JsonObject = {}): JsonObject => ({
  eventID: String(sequence),
  eventName: 'INSERT',
  awsRegion: 'engine',
  dynamodb: { SequenceNumber: String(sequence), ApproximateCreationDateTime: now / 1000 },
  ...more,
});

/** A stream of one shard that gives these pages and ends. */
function streamOf(
  pages: readonly (readonly JsonObject[] | Error)[],
): StreamClient & { readonly asked: string[] } {
  const asked: string[] = [];
  let page = 0;
  return {
    asked,
    streamOf: async () => 'arn:engine-stream',
    shardsOf: async () => ['shard-1'],
    async iteratorOf(_stream, _shard, position) {
      asked.push(
        position.type === 'AFTER_SEQUENCE_NUMBER' ? `after ${position.sequenceNumber}` : position.type,
      );
      return 'iterator';
    },
    async recordsAt() {
      const current = pages[page] ?? [];
      page += 1;
      if (current instanceof Error) throw current;
      return { records: current, ...(page < pages.length ? { next: 'iterator' } : {}) };
    },
  };
}

/** Reads a stream to its end. */
async function read(
  streams: StreamClient,
  overrides: Partial<EventSourceModel> = {},
  outcome: InvocationOutcome = succeeded(),
): Promise<{ events: JsonObject[][]; traces: TraceEvent[]; messages: unknown[]; notices: string[] }> {
  const events: JsonObject[][] = [];
  const traces: TraceEvent[] = [];
  const notices: string[] = [];
  const queues = createQueueStore([queue], () => now);
  const invoker: FunctionInvoker = {
    async invoke(_arn, payload) {
      events.push((JSON.parse(payload) as { Records: JsonObject[] }).Records);
      return outcome;
    },
  };
  const source = startEventSource(
    { ...mapping, ...overrides },
    {
      streams,
      invoker,
      queues,
      region: 'eu-west-1',
      clock: () => now,
      pollIntervalMs: 1,
      trace: (event) => traces.push(event),
      notice: (text) => notices.push(text),
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  await source.close();
  const messages = queues.list()[0]!.messages.map(({ body }): unknown => JSON.parse(body));
  return { events, traces, messages, notices };
}

describe('an event source', () => {
  it('hands records over in order, in batches, as the template’s stream and region', async () => {
    const { events, traces } = await read(
      streamOf([[rawRecord(1), rawRecord(2), rawRecord(3)], [], [rawRecord(4)]]),
    );
    expect(events.map((batch) => batch.map(({ eventID }) => eventID))).toEqual([['1', '2'], ['3'], ['4']]);
    expect(events[0]![0]).toMatchObject({
      awsRegion: 'eu-west-1',
      eventSource: 'aws:dynamodb',
      eventSourceARN: 'arn:template-stream',
    });
    expect(traces).toMatchObject([{ outcome: 'pass', kind: 'event-source' }, {}, {}]);
  });

  it('drops what no filter lets pass', async () => {
    const { events } = await read(streamOf([[rawRecord(1), rawRecord(2, { eventName: 'REMOVE' })]]), {
      filters: [{ eventName: ['REMOVE'] }],
    });
    expect(events.map((batch) => batch.map(({ eventID }) => eventID))).toEqual([['2']]);
  });

  it('sends the metadata of what it gives up to the queue, and says so', async () => {
    const { messages, notices, traces } = await read(streamOf([[rawRecord(1), rawRecord(2)]]), {}, threw);
    expect(messages).toEqual([
      {
        requestContext: {
          requestId: 'r',
          functionArn: 'arn:fn',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 1,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: '2026-11-23T00:00:00.000Z',
        DDBStreamBatchInfo: {
          shardId: 'shard-1',
          startSequenceNumber: '1',
          endSequenceNumber: '2',
          approximateArrivalOfFirstRecord: '2026-11-23T00:00:00.000Z',
          approximateArrivalOfLastRecord: '2026-11-23T00:00:00.000Z',
          batchSize: 2,
          streamArn: 'arn:template-stream',
        },
      },
    ]);
    expect(notices).toEqual([expect.stringContaining('gave up 2 records (RetryAttemptsExhausted)')]);
    expect(traces).toMatchObject([{ outcome: 'error', reason: 'Error: no' }]);
  });

  it('says so when no queue keeps what it gives up', async () => {
    const { notices } = await read(streamOf([[rawRecord(1)]]), { onFailureArn: 'arn:elsewhere' }, threw);
    expect(notices).toEqual([expect.stringContaining('no destination keeps its metadata')]);
  });

  it('of a table without a stream says so', async () => {
    const { notices } = await read({ ...streamOf([]), streamOf: async () => undefined });
    expect(notices).toEqual(['event source Mapping: the table deliveries has no stream']);
  });

  it('goes on after the last record when an iterator has expired', async () => {
    const streams = streamOf([[rawRecord(1)], new Error('expired'), [rawRecord(2)]]);
    const source = startEventSource(mapping, {
      streams,
      invoker: { invoke: async () => succeeded() },
      queues: createQueueStore([]),
      region: 'r',
      pollIntervalMs: 1,
      trace: () => undefined,
      notice: () => undefined,
    });
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await source.close();
    expect(streams.asked).toEqual(['TRIM_HORIZON', 'after 1']);
  });
});

describe('a batch is cut', () => {
  const times = { now: 0, waitingSince: 0 };

  it('at its size', () => {
    const waiting = streamRecords(3);
    expect(takeBatch(waiting, { batchSize: 2, batchingWindowSeconds: 0 }, times)).toHaveLength(2);
    expect(waiting).toHaveLength(1);
  });

  it('at what an event may hold', () => {
    const waiting = streamRecords(3).map((record) => ({ ...record, bytes: 4 * 1024 * 1024 }));
    expect(takeBatch(waiting, { batchSize: 10, batchingWindowSeconds: 5 }, times)).toHaveLength(1);
  });

  it('when its window has closed, not before', () => {
    const size = { batchSize: 10, batchingWindowSeconds: 5 };
    expect(takeBatch(streamRecords(3), size, { now: 4999, waitingSince: 0 })).toEqual([]);
    expect(takeBatch(streamRecords(3), size, { now: 5000, waitingSince: 0 })).toHaveLength(3);
  });
});
