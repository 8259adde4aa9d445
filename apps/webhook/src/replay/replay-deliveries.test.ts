import type { DeliveryReplays } from '../store/delivery-replays.ts';
import { parseArguments } from './parse-arguments.ts';
import { replayDeliveries } from './replay-deliveries.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

test.each<[string, string[], object]>([
  [
    'keys',
    ['--id', 'a#1', '--id', 'b#2'],
    { selection: { kind: 'keys', keys: ['a#1', 'b#2'] }, dryRun: false },
  ],
  [
    'a moment',
    ['--failed-since', '2026-11-22T10:00:00Z'],
    { selection: { kind: 'failed-since', since: new Date('2026-11-22T10:00:00Z') } },
  ],
  [
    'hours ago and a provider',
    ['--failed-since', '12h', '--provider', 'github', '--env', 'prod', '--dry-run'],
    {
      selection: { kind: 'failed-since', since: new Date('2026-11-22T00:00:00Z'), provider: 'github' },
      environment: 'prod',
      dryRun: true,
    },
  ],
])('%s are read', (_what, argv, expected) => {
  expect(parseArguments(argv, NOW)).toMatchObject(expected);
});

test.each<[string, string[]]>([
  ['nothing', []],
  ['both selections', ['--id', 'a', '--failed-since', '1h']],
  ['no time', ['--failed-since', 'yesterday']],
  ['an unknown option', ['--all']],
])('%s is refused', (_what, argv) => {
  expect(() => parseArguments(argv, NOW)).toThrow(expect.objectContaining({ name: 'TypeError' }) as Error);
});

function memoryReplays(): DeliveryReplays & { readonly setBackKeys: string[] } {
  const setBackKeys: string[] = [];
  return {
    setBackKeys,
    failedSince: (_since, provider) =>
      Promise.resolve(
        ['a#1', 'b#2']
          .filter((key) => provider === undefined || key.startsWith(provider))
          .map((key) => ({ key, reason: 'R', failedAt: '' })),
      ),
    setBack: (key) => {
      setBackKeys.push(key);
      return Promise.resolve(key === 'gone' ? 'missing' : 'replayed');
    },
  };
}

test('keys are set back, and those that are not there are counted', async () => {
  const replays = memoryReplays();
  const lines: string[] = [];
  const counts = await replayDeliveries(
    { selection: { kind: 'keys', keys: ['a#1', 'gone'] }, dryRun: false },
    { replays, print: (line) => void lines.push(line) },
  );
  expect(counts).toEqual({ replayed: 1, missing: 1 });
  expect(lines).toEqual(['replayed  a#1', 'missing  gone']);
});

test('failed ones of one provider are set back', async () => {
  const replays = memoryReplays();
  const selection = { kind: 'failed-since', since: new Date(NOW), provider: 'b' } as const;
  await replayDeliveries({ selection, dryRun: false }, { replays, print: () => undefined });
  expect(replays.setBackKeys).toEqual(['b#2']);
});

test('a dry run sets nothing back', async () => {
  const replays = memoryReplays();
  const selection = { kind: 'failed-since', since: new Date(NOW) } as const;
  expect(await replayDeliveries({ selection, dryRun: true }, { replays, print: () => undefined })).toEqual({
    replayed: 2,
    missing: 0,
  });
  expect(replays.setBackKeys).toEqual([]);
});
