import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorResponse } from './error-map.ts';
import { WebhookError, type WebhookErrorCode } from './errors.ts';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const source = readFileSync(join(__dirname, 'errors.ts'), 'utf8');
const codes = [...source.matchAll(/^ {2}\| '(WEBHOOK_[A-Z_]+)'/gm)].map(
  ([, code]) => code as WebhookErrorCode,
);

test('the codes are found', () => {
  expect(codes.length).toBeGreaterThanOrEqual(11);
  expect(new Set(codes).size).toBe(codes.length);
});

test('README.md has every code, and no other', () => {
  const documented = new Set([...readme.matchAll(/`(WEBHOOK_[A-Z_]+)`/g)].map(([, code]) => code));
  documented.delete('WEBHOOK_PROVIDERS');
  expect(documented).toEqual(new Set(codes));
});

test.each(codes)('the answer for %s is the one that README.md tells', (code) => {
  const { status, headers } = errorResponse(new WebhookError(code, 'for the log'), 'request-1');
  const row = readme.split('\n').find((line) => /^\| \d/.test(line) && line.includes(`\`${code}\``));
  // The processor's codes answer nobody; should one reach the receiver's map, it is not durable.
  expect(status).toBe(row === undefined ? 503 : Number(/\d+/.exec(row)?.[0]));
  expect('retry-after' in headers).toBe(status === 503);
});
