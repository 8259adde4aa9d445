import type { FunctionLogEntry } from '../lambda/function-log.ts';
import { formatLogEntry } from './format-log-entry.ts';
import { createLogHistory } from './log-history.ts';

const origin = { at: 0, functionName: 'app-Users1A2B3C4D-0123456789AB', environmentId: 'e' };
const line = (text: string): string | undefined =>
  formatLogEntry({ ...origin, kind: 'line', stream: 'stdout', text });

describe('a line at the terminal', () => {
  it.each([
    ['plain text stays', 'hello', '[app-Users] hello'],
    [
      'a JSON line becomes level, message and what is particular to it',
      '{"level":"WARN","message":"slow","timestamp":"x","service":"s","function_name":"f","took":5,"user":{"id":1}}',
      '[app-Users] WARN slow took=5 user={"id":1}',
    ],
    ['JSON of another kind stays', '{"a":1}', '[app-Users] {"a":1}'],
    ['text that begins as JSON stays', '{oops', '[app-Users] {oops'],
    ['metrics are left out', '{"_aws":{"Timestamp":1},"level":"INFO","message":"m"}', undefined],
    [
      'an uncaught error has its stack on lines of its own',
      'Invoke Error\t{"errorType":"Error","errorMessage":"no","trace":["Error: no","    at x"]}',
      '[app-Users] Invoke Error\n  Error: no\n      at x',
    ],
    [
      'an uncaught error without a stack has its type and message',
      'Invoke Error\t{"errorType":"Oops","errorMessage":"no"}',
      '[app-Users] Invoke Error\n  Oops: no',
    ],
  ])('%s', (_name, text, expected) => {
    expect(line(text)).toBe(expected);
  });

  it('that is very long is cut, and says so', () => {
    expect(line('x'.repeat(2500))).toMatch(/x\.\.\. \(500 more characters at the console, \/logs\)$/);
  });
});

describe('what the platform says', () => {
  const report = {
    ...origin,
    kind: 'report',
    requestId: 'r',
    durationMs: 3000.4,
    billedDurationMs: 3001,
    memorySizeMb: 128,
  } as const;

  it.each<readonly [string, FunctionLogEntry, string | undefined]>([
    ['START is left out', { ...origin, kind: 'start', requestId: 'r', coldStart: true }, undefined],
    ['END is left out', { ...origin, kind: 'end', requestId: 'r' }, undefined],
    ['the REPORT of a success is left out', { ...report, status: 'success' }, undefined],
    [
      'the REPORT of a timeout is said',
      { ...report, status: 'timeout' },
      '[app-Users] TIMEOUT after 3000 ms (r)',
    ],
    [
      'the REPORT of an error is said',
      { ...report, status: 'error', errorType: 'Oops' },
      '[app-Users] ERROR after 3000 ms: Oops (r)',
    ],
    [
      'a failed init is said',
      { ...origin, kind: 'init-failed', errorType: 'Oops', errorMessage: 'no' },
      '[app-Users] INIT FAILED Oops: no',
    ],
    [
      'a notice is said',
      { kind: 'notice', at: 0, functionName: 'f', text: 'runs on Node 20' },
      '[f] runs on Node 20',
    ],
  ])('%s', (_name, entry, expected) => {
    expect(formatLogEntry(entry)).toBe(expected);
  });
});

describe('the log history', () => {
  it('keeps the latest entries, oldest first', () => {
    const history = createLogHistory(3);
    for (const text of ['1', '2', '3', '4', '5'])
      history.record({ kind: 'notice', at: 0, functionName: 'f', text });
    expect(history.list().map((entry) => 'text' in entry && entry.text)).toEqual(['3', '4', '5']);
  });
});
