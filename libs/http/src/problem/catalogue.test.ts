import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { HTTP_PROBLEMS, httpProblem } from './catalogue.ts';
import type { HttpProblemCode } from './catalogue.ts';
import { reasonPhrase } from './reason-phrase.ts';

const source = path.resolve(__dirname, '..');
const lifecycle = readFileSync(path.resolve(source, '../../../docs/lifecycle.md'), 'utf8');
const codes = (Object.keys(HTTP_PROBLEMS) as HttpProblemCode[]).sort(
  (a, b) => HTTP_PROBLEMS[a].status - HTTP_PROBLEMS[b].status,
);

const sources = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing'))
  .map((file) => [file, readFileSync(path.join(source, file), 'utf8')] as const);

it('is what docs/lifecycle.md says, code by code and status by status', () => {
  const rows = [...lifecycle.matchAll(/^\| `(HTTP_\w+)` +\| (\d{3}) +\|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(rows).toEqual(codes.map((code) => [code, HTTP_PROBLEMS[code].status]));
});

it('names the errors that are no answers, as errors.ts does', () => {
  const union = readFileSync(path.join(source, 'errors.ts'), 'utf8');
  const declared = [...union.matchAll(/^ {2}\| '(HTTP_\w+)'/gm)].map(([, code]) => code);
  const documented = [...lifecycle.matchAll(/^\| `(HTTP_\w+)` +\| [^\d]/gm)].map(([, code]) => code);
  expect(declared.length).toBeGreaterThan(0);
  expect(documented).toEqual(declared);
  expect(codes).not.toEqual(expect.arrayContaining(declared));
});

it.each(codes)('has no code that nothing answers with: %s', (code) => {
  const users = sources.filter(
    ([file, text]) => file !== 'problem/catalogue.ts' && text.includes(`'${code}'`),
  );
  expect(users.map(([file]) => file)).not.toEqual([]);
});

it('has every code that the sources throw', () => {
  const thrown = sources.flatMap(([, text]) =>
    [...text.matchAll(/(?:badRequest|unauthorized|forbidden)\(\s*'(HTTP_\w+)'|\bcode: '(HTTP_\w+)'/g)].map(
      ([, short, full]) => short ?? full,
    ),
  );
  expect([...new Set(thrown)].sort()).toEqual([...codes].sort());
});

it('has titles that are the phrases of their statuses, wherever the sources say one', () => {
  const said = sources.flatMap(([, text]) => [...text.matchAll(/status: (\d{3}),\s+title: '([^']+)',/g)]);
  expect(said.length).toBeGreaterThan(0);
  for (const [, status, title] of said)
    expect([status, title]).toEqual([status, reasonPhrase(Number(status))]);
});

/** Those that say more than the catalogue can: a limit, the media types taken, an error's own text for the log. */
const SAID_IN_FULL = ['HTTP_BODY_TOO_LARGE', 'HTTP_CONTENT_TYPE_UNSUPPORTED', 'HTTP_INTERNAL'];

it.each(codes.filter((code) => !SAID_IN_FULL.includes(code)))('says what the sources say: %s', (code) => {
  const thrower = sources.find(
    ([file, text]) => file !== 'problem/catalogue.ts' && text.includes(`'${code}'`),
  );
  expect(thrower?.[1]).toContain(`'${HTTP_PROBLEMS[code].detail}'`);
});

it('keeps what led to a problem', () => {
  const cause = new Error('why');
  expect(httpProblem('HTTP_BODY_NOT_JSON', { cause })).toMatchObject({
    cause,
    code: 'HTTP_BODY_NOT_JSON',
    problem: { status: 400, title: 'Bad Request', detail: 'The body is not JSON.' },
  });
});
