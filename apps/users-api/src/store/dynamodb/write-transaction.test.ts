import type { CallOptions, DynamoDocuments } from '@gatehouse/clients';
import { isPassingFailure } from './store-failure.ts';
import { writeTransaction, type TransactionStep } from './write-transaction.ts';

const cancelled = (...codes: readonly string[]): Error =>
  Object.assign(new Error('cancelled'), {
    name: 'TransactionCanceledException',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const steps: readonly TransactionStep[] = ['first', 'second'].map((name) => ({
  write: { Delete: { TableName: 'users', Key: { pk: name } } },
  refused: () => new Error(`${name} refused`),
}));

/** Writes through documents whose answers are these, in turn. */
async function write(outcomes: readonly (Error | undefined)[]) {
  const pauses: number[] = [];
  let attempts = 0;
  const documents = {
    transactWrite: async () => {
      const outcome = outcomes[attempts];
      attempts += 1;
      if (outcome !== undefined) {
        throw outcome;
      }
    },
  } as unknown as DynamoDocuments;
  const pause = async (ms: number) => void pauses.push(ms);
  const error: unknown = await writeTransaction(documents, steps, { pause }).catch(
    (thrown: unknown) => thrown,
  );
  return { error, attempts, pauses };
}

describe('writeTransaction', () => {
  it('says what the first refused step says', async () => {
    const { error } = await write([cancelled('None', 'ConditionalCheckFailed')]);
    expect(error).toEqual(new Error('second refused'));
  });

  it('tries again when it only met another transaction, after a growing pause', async () => {
    const conflict = cancelled('TransactionConflict', 'None');
    const { error, attempts, pauses } = await write([conflict, conflict, undefined]);
    expect([error, attempts]).toEqual([undefined, 3]);
    expect(pauses[0]).toBeGreaterThanOrEqual(20);
    expect(pauses[0]).toBeLessThan(pauses[1]! * 1.01);
  });

  it.each([
    ['meets others again and again', ['TransactionConflict', 'None'], 4],
    ['is throttled', ['None', 'ThrottlingError'], 1],
  ])('ends as a passing failure when it %s', async (_, codes, count) => {
    const { error, attempts } = await write(Array.from({ length: 9 }, () => cancelled(...codes)));
    expect([isPassingFailure(error), attempts]).toEqual([true, count]);
  });

  it('ends as a defect when a step cannot be carried out at all', async () => {
    const { error } = await write([cancelled('None', 'ValidationError')]);
    expect(isPassingFailure(error)).toBe(false);
  });

  it('gives its signal to each attempt and to each pause', async () => {
    const { signal } = new AbortController();
    const given: unknown[] = [];
    const documents = {
      transactWrite: async (_input: unknown, options?: CallOptions) => {
        given.push(options?.abortSignal);
        if (given.length < 3) {
          throw cancelled('TransactionConflict');
        }
      },
    } as unknown as DynamoDocuments;
    await writeTransaction(documents, steps, {
      signal,
      pause: async (_ms, pauseSignal) => void given.push(pauseSignal),
    });
    expect(given).toEqual([signal, signal, signal]);
  });

  it.each([
    ['an attempt', 'the attempt', Object.assign(new Error('aborted'), { code: 'CLIENTS_ABORTED' })],
    ['a pause', 'the pause', new DOMException('aborted', 'AbortError')],
  ])('ends as a passing failure when time is over in %s', async (_, where, aborted) => {
    const documents = {
      transactWrite: () =>
        Promise.reject(where === 'the attempt' ? aborted : cancelled('TransactionConflict')),
    } as unknown as DynamoDocuments;
    const work = writeTransaction(documents, steps, { pause: () => Promise.reject(aborted) });
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(isPassingFailure(error)).toBe(true);
  });
});
