import { MARK_PREFIX } from '../bootstrap/output-marks.ts';
import { OutputLines } from './output-lines.ts';

function linesOf(pieces: readonly (string | Buffer)[]): [string, string | undefined][] {
  const lines: [string, string | undefined][] = [];
  const output = new OutputLines((text, requestId) => void lines.push([text, requestId]));
  for (const piece of pieces) output.push(Buffer.from(piece));
  output.end();
  return lines;
}

const mark = (id: string): string => `${MARK_PREFIX}${id}\n`;

test.each<[string, (string | Buffer)[], [string, string | undefined][]]>([
  [
    'lines before any invocation belong to none',
    ['a\nb\n'],
    [
      ['a', undefined],
      ['b', undefined],
    ],
  ],
  [
    'a mark names the invocation of what follows',
    [`a\n${mark('1')}b\n`],
    [
      ['a', undefined],
      ['b', '1'],
    ],
  ],
  [
    'a mark cuts a line that has no end',
    [`${mark('1')}a${mark('2')}b`],
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  ['a mark in two pieces is one', [mark('12').slice(0, 9), mark('12').slice(9), 'a\n'], [['a', '12']]],
  [
    'an empty line is a line',
    ['a\n\nb\n'],
    [
      ['a', undefined],
      ['', undefined],
      ['b', undefined],
    ],
  ],
  [
    'a character in two pieces is one',
    [Buffer.from('ž').subarray(0, 1), Buffer.from('ž\n').subarray(1)],
    [['ž', undefined]],
  ],
  ['what is left at the end is a line', ['a'], [['a', undefined]]],
  ['no output is no line', [], []],
])('%s', (_what, pieces, expected) => {
  expect(linesOf(pieces)).toEqual(expected);
});
