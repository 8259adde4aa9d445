import fc from 'fast-check';
import type { InvocationOutcome } from '../lambda/function-invoker.ts';
import { processBatch } from './process-batch.ts';
import type { BatchPolicy, GivenUpBatch } from './process-batch.ts';
import type { StreamRecord } from './stream-record.ts';
import { reported, streamRecords, succeeded, threw } from './testing/stream-records.ts';

const patient: BatchPolicy = {
  bisectsOnError: false,
  reportsItemFailures: false,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
};

interface Run {
  /** The sequence numbers of every call, joined. */
  readonly calls: string[];
  readonly givenUp: readonly GivenUpBatch[];
  readonly pauses: readonly number[];
}

/** Runs a batch to its end against a function; pauses pass at once on a clock of their own. */
async function run(
  records: readonly StreamRecord[],
  policy: Partial<BatchPolicy>,
  answer: (sequenceNumbers: readonly string[], call: number) => InvocationOutcome,
): Promise<Run> {
  const calls: string[] = [];
  const givenUp: GivenUpBatch[] = [];
  const pauses: number[] = [];
  let now = 0;
  await processBatch(
    records,
    { ...patient, ...policy },
    {
      clock: () => now,
      stopped: () => calls.length > 500,
      sleep: async (delayMs) => {
        pauses.push(delayMs);
        now += delayMs;
      },
      invoke: async (batch) => {
        const numbers = batch.map(({ sequenceNumber }) => sequenceNumber);
        calls.push(numbers.join());
        return answer(numbers, calls.length);
      },
      giveUp: (batch) => givenUp.push(batch),
    },
  );
  return { calls, givenUp, pauses };
}

const failsOn =
  (...poison: readonly string[]) =>
  (numbers: readonly string[]): InvocationOutcome =>
    numbers.some((number) => poison.includes(number)) ? threw : succeeded();

describe('a batch', () => {
  it('that succeeds is sent once', async () => {
    expect(await run(streamRecords(3), {}, () => succeeded())).toEqual({
      calls: ['1,2,3'],
      givenUp: [],
      pauses: [],
    });
  });

  it('that fails is sent again as a whole, with growing pauses', async () => {
    const { calls, pauses } = await run(streamRecords(2), {}, (_numbers, call) =>
      call < 4 ? threw : succeeded(),
    );
    expect(calls).toEqual(['1,2', '1,2', '1,2', '1,2']);
    expect(pauses).toEqual([100, 200, 400]);
  });

  it('is given up after its retries, with the last request', async () => {
    const { calls, givenUp } = await run(streamRecords(2), { maximumRetryAttempts: 2 }, () => threw);
    expect(calls).toHaveLength(3);
    expect(givenUp).toEqual([
      { records: streamRecords(2), condition: 'RetryAttemptsExhausted', invokeCount: 3, requestId: 'r' },
    ]);
  });

  it('without retries is given up after one call', async () => {
    const { calls, givenUp } = await run(streamRecords(1), { maximumRetryAttempts: 0 }, () => threw);
    expect([calls.length, givenUp.length]).toEqual([1, 1]);
  });

  it('is retried from the first failed record on when failures are reported', async () => {
    const { calls } = await run(streamRecords(4), { reportsItemFailures: true }, (_numbers, call) =>
      call === 1 ? reported('3') : succeeded(),
    );
    expect(calls).toEqual(['1,2,3,4', '3,4']);
  });

  it('is halved until the poison stands alone, and only that is given up', async () => {
    const { calls, givenUp } = await run(
      streamRecords(4),
      { bisectsOnError: true, maximumRetryAttempts: 1 },
      failsOn('3'),
    );
    expect(calls).toEqual(['1,2,3,4', '1,2', '3,4', '3', '3', '4']);
    expect(givenUp.map(({ records, invokeCount }) => [records[0]!.sequenceNumber, invokeCount])).toEqual([
      ['3', 4],
    ]);
  });

  it('is cut at the reported record when it is halved and failures are reported', async () => {
    const { calls } = await run(
      streamRecords(4),
      { bisectsOnError: true, reportsItemFailures: true, maximumRetryAttempts: 0 },
      (numbers) => (numbers.includes('3') ? reported('3') : succeeded()),
    );
    expect(calls).toEqual(['1,2,3,4', '3,4', '3', '4']);
  });

  it('that never reached the function is sent again, and that counts for nothing', async () => {
    const { calls, givenUp } = await run(streamRecords(1), { maximumRetryAttempts: 0 }, (_numbers, call) =>
      call < 5 ? { kind: 'throttled', reason: 'busy' } : succeeded(),
    );
    expect(calls).toHaveLength(5);
    expect(givenUp).toEqual([]);
  });

  it('is given up when it is too old, without a call', async () => {
    const old = streamRecords(1).map((record) => ({ ...record, createdAtMs: -61_000 }));
    const [, fresh] = streamRecords(2);
    const { calls, givenUp } = await run([...old, fresh!], { maximumRecordAgeSeconds: 60 }, () =>
      succeeded(),
    );
    expect(calls).toEqual(['2']);
    expect(givenUp).toEqual([{ records: old, condition: 'RecordAgeExceeded', invokeCount: 0 }]);
  });

  it('that is retried without end is given up when it gets too old', async () => {
    const { givenUp } = await run(streamRecords(1), { maximumRecordAgeSeconds: 60 }, () => threw);
    expect(givenUp).toMatchObject([{ condition: 'RecordAgeExceeded', requestId: 'r' }]);
  });

  it('loses no record: each is handled by a call that succeeded, or given up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
        fc.record({
          bisectsOnError: fc.boolean(),
          reportsItemFailures: fc.boolean(),
          maximumRetryAttempts: fc.integer({ min: 0, max: 3 }),
        }),
        async (count, poison, policy) => {
          const records = streamRecords(count);
          const handled = new Set<string>();
          const { givenUp } = await run(records, policy, (numbers) => {
            const failed = numbers.findIndex((number) => poison.includes(Number(number)));
            const done = failed < 0 ? numbers : policy.reportsItemFailures ? numbers.slice(0, failed) : [];
            for (const number of done) handled.add(number);
            if (failed < 0) return succeeded();
            return policy.reportsItemFailures ? reported(numbers[failed]) : threw;
          });
          const lost = givenUp.flatMap((batch) => batch.records.map(({ sequenceNumber }) => sequenceNumber));
          expect([...handled, ...lost].map(Number).sort((a, b) => a - b)).toEqual(
            records.map(({ sequenceNumber }) => Number(sequenceNumber)),
          );
          if (policy.bisectsOnError)
            expect(lost.every((number) => poison.includes(Number(number)))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
