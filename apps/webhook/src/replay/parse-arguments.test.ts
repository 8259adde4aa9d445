import { parseArguments } from './parse-arguments.ts';

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
    'a moment elsewhere',
    ['--failed-since', '2026-11-22T10:00:00.25+01:00'],
    { selection: { kind: 'failed-since', since: new Date('2026-11-22T09:00:00.250Z') } },
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
  [
    'stuck ones',
    ['--stuck-since', '3d', '--provider', 'standard'],
    {
      selection: { kind: 'stuck-since', since: new Date('2026-11-19T12:00:00Z'), provider: 'standard' },
    },
  ],
])('%s are read', (_what, argv, expected) => {
  expect(parseArguments(argv, NOW)).toMatchObject(expected);
});

test.each<[string, string[], string]>([
  ['nothing', [], 'Name one of --id, --failed-since and --stuck-since'],
  ['two selections', ['--id', 'a', '--failed-since', '1h'], 'Name one of'],
  ['two times', ['--stuck-since', '1h', '--failed-since', '1h'], 'Name one of'],
  ['a provider beside keys', ['--id', 'a', '--provider', 'github'], '--provider goes with'],
  ['an unknown option', ['--all'], '--all'],
])('%s is refused', (_what, argv, message) => {
  expect(() => parseArguments(argv, NOW)).toThrow(
    expect.objectContaining({ name: 'TypeError', message: expect.stringContaining(message) }) as Error,
  );
});

describe.each(['--failed-since', '--stuck-since'])('%s', (option) => {
  test.each([
    'yesterday',
    '',
    '5',
    '12',
    '90',
    '2026',
    '1764000000',
    '2026-11-22',
    '2026-11-22T10:00:00',
    '2026-11-22 10:00:00Z',
    '2026-02-31T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-11-22T24:00:00Z',
    '0h',
    '12H',
    '1.5h',
    '-1h',
    '12 h',
    '12s',
  ])('takes no %j, and says what it takes', (text) => {
    expect(() => parseArguments([`${option}=${text}`], NOW)).toThrow(
      `${option} takes 2026-11-22T10:00:00Z, or minutes, hours or days ago as 90m, 12h or 3d: not ${text}`,
    );
  });
});
