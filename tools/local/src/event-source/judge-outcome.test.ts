import type { InvocationOutcome } from '../lambda/function-invoker.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { reported, streamRecords, succeeded, threw } from './testing/stream-records.ts';

const records = streamRecords(4);

describe('a batch with reported item failures', () => {
  it.each<readonly [string, InvocationOutcome, object]>([
    ['null', succeeded(null), { kind: 'success' }],
    ['an empty answer', { kind: 'success', requestId: 'r', payload: Buffer.alloc(0) }, { kind: 'success' }],
    ['{}', succeeded({}), { kind: 'success' }],
    ['a list of failures that is null', succeeded({ batchItemFailures: null }), { kind: 'success' }],
    ['an empty list of failures', reported(), { kind: 'success' }],
    ['failures, of which the first counts', reported('4', '2'), { kind: 'failure', firstFailed: 1 }],
    ['an empty identifier', reported(''), { kind: 'failure', firstFailed: 0 }],
    ['a null identifier', reported(null), { kind: 'failure', firstFailed: 0 }],
    ['an unknown identifier beside a known one', reported('3', '99'), { kind: 'failure', firstFailed: 0 }],
    ['a wrong member', succeeded({ batchItemFailures: [{ id: '1' }] }), { kind: 'failure', firstFailed: 0 }],
    ['no list', succeeded({ batchItemFailures: 'x' }), { kind: 'failure', firstFailed: 0 }],
    ['text', succeeded('done'), { kind: 'failure', firstFailed: 0 }],
    ['an error', threw, { kind: 'failure', firstFailed: 0, reason: 'Error: no' }],
    [
      'a timeout',
      { kind: 'timeout', requestId: 'r', timeoutMs: 5 },
      { kind: 'failure', reason: 'timed out after 5 ms' },
    ],
    ['a throttle', { kind: 'throttled', reason: 'busy' }, { kind: 'not-run', reason: 'busy' }],
    ['no function', { kind: 'unavailable', reason: 'gone' }, { kind: 'not-run', reason: 'gone' }],
  ])('answered by %s', (_name, outcome, expected) => {
    expect(judgeOutcome(outcome, records, true)).toMatchObject(expected);
  });

  it('is a success whatever the answer holds when reports are off', () => {
    expect(judgeOutcome(reported('1'), records, false)).toEqual({ kind: 'success' });
  });
});
