import type { DeliveryReplays } from '../store/delivery-replays.ts';
import type { ReplayArguments } from './parse-arguments.ts';
import { replayDeliveries } from './replay-deliveries.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const since = new Date(NOW - 3_600_000);

interface Memory extends DeliveryReplays {
  readonly setBackKeys: string[];
  /** How each listing was asked for. */
  readonly asked: unknown[];
}

function memoryReplays(): Memory {
  const setBackKeys: string[] = [];
  const asked: unknown[] = [];
  const failed = ['a#1', 'b#2'].map((key) => ({ key, reason: 'R', failedAt: '2026-11-22T11:30:00.000Z' }));
  const ofProvider = (provider: string | undefined) => (delivery: { readonly key: string }) =>
    provider === undefined || delivery.key.startsWith(provider);
  return {
    setBackKeys,
    asked,
    failedSince: async (...parameters) => {
      asked.push(parameters);
      return failed.filter(ofProvider(parameters[1]));
    },
    stuckBetween: async (period, provider) => {
      asked.push([period, provider]);
      return [{ key: 'c#3', waitingSince: '2026-11-22T11:20:00.000Z' }].filter(ofProvider(provider));
    },
    has: async (key) => key !== 'gone',
    setBack: async (key) => {
      setBackKeys.push(key);
      return key === 'gone' ? 'missing' : 'replayed';
    },
  };
}

async function replay(parameters: Pick<ReplayArguments, 'selection'> & Partial<ReplayArguments>) {
  const replays = memoryReplays();
  const lines: string[] = [];
  const counts = await replayDeliveries(
    { dryRun: false, ...parameters },
    { replays, print: (line) => void lines.push(line), giveUpSeconds: 1200, nowMs: NOW },
  );
  return { replays, lines, counts };
}

test('keys are set back, and those that are not there are counted', async () => {
  const { replays, lines, counts } = await replay({ selection: { kind: 'keys', keys: ['a#1', 'gone'] } });
  expect(counts).toEqual({ replayed: 1, missing: 1 });
  expect(lines).toEqual(['replayed  a#1', 'missing  gone']);
  expect(replays.setBackKeys).toEqual(['a#1', 'gone']);
});

test('failed ones of one provider are set back, and their reasons said', async () => {
  const { replays, lines } = await replay({ selection: { kind: 'failed-since', since, provider: 'b' } });
  expect(replays.asked).toEqual([[since, 'b']]);
  expect(replays.setBackKeys).toEqual(['b#2']);
  expect(lines).toEqual(['replayed  b#2  R, failed 2026-11-22T11:30:00.000Z']);
});

test('stuck ones are those that have waited for longer than a delivery is tried', async () => {
  const { replays, lines } = await replay({ selection: { kind: 'stuck-since', since } });
  expect(replays.asked).toEqual([[{ from: since, to: new Date(NOW - 1_200_000) }, undefined]]);
  expect(replays.setBackKeys).toEqual(['c#3']);
  expect(lines).toEqual(['replayed  c#3  received since 2026-11-22T11:20:00.000Z']);
});

describe('a dry run', () => {
  test.each([
    ['failed-since', 2],
    ['stuck-since', 1],
  ] as const)('of %s sets nothing back', async (kind, replayed) => {
    const { replays, lines, counts } = await replay({ selection: { kind, since }, dryRun: true });
    expect(counts).toEqual({ replayed, missing: 0 });
    expect(lines[0]).toMatch(/^would be replayed {2}/);
    expect(replays.setBackKeys).toEqual([]);
  });

  test('of keys says which are not there', async () => {
    const selection = { kind: 'keys', keys: ['a#1', 'gone'] } as const;
    const { replays, lines, counts } = await replay({ selection, dryRun: true });
    expect(counts).toEqual({ replayed: 1, missing: 1 });
    expect(lines).toEqual(['would be replayed  a#1', 'missing  gone']);
    expect(replays.setBackKeys).toEqual([]);
  });
});
