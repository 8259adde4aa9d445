import fc from 'fast-check';
import { redactPath } from './redact-path.ts';
import { redacted } from './redact.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';

describe('redactPath withholds', () => {
  it.each([
    ['a mail address', '/users/bob@example.com', `/users/${redacted}`],
    ['a mail address as function URLs give it', '/users/bob%40example.com/files', `/users/${redacted}/files`],
    ['a mail address escaped twice', '/users/bob%2540example.com', `/users/${redacted}`],
    ['a mail address all in escapes', '/users/%62%6F%62%40%65.%69%6F', `/users/${redacted}`],
    ['a JWT', `/sessions/${jwt}`, `/sessions/${redacted}`],
    ['a JWT whose dots are escaped', `/s/${jwt.replaceAll('.', '%2e')}`, `/s/${redacted}`],
    ['a token of 32 bytes in base64url', `/i/${'aZ3-'.repeat(11)}`, `/i/${redacted}`],
    ['a digest in hexadecimal', `/i/${'0f'.repeat(32)}`, `/i/${redacted}`],
    ['a secret of a known form', '/k/whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `/k/${redacted}`],
    ['an access key id', '/k/AKIAIOSFODNN7EXAMPLE', `/k/${redacted}`],
    ['a matrix parameter', '/users;token=abc/1', `/${redacted}/1`],
    [
      'what follows the name of a secret',
      '/password-resets/1234/confirm',
      `/password-resets/${redacted}/confirm`,
    ],
    ['what follows a name in escapes', '/%74oken/1234', `/%74oken/${redacted}`],
  ])('%s', (_name, path, expected) => {
    expect(redactPath(path)).toBe(expected);
  });
});

describe('redactPath leaves', () => {
  it.each([
    '',
    '/',
    '/users/3f2b8c1e-9d4a-4c57-8a11-0d5b7c9e2f60',
    '/users/01JD3Q8Z5W6Y7X8V9T0S1R2Q3P',
    '/users/0af7651916cd43dd8448eb211c80319c/files//2026-11-23.csv',
    '/prod/v1/users/me',
    '/token',
    '/caf%C3%A9/100%/%zz',
    '/a-path-whose-words-are-many-and-that-has-no-digit-in-it',
  ])('%s', (path) => {
    expect(redactPath(path)).toBe(path);
  });
});

it('redactPath cuts a long path after the search, so that no half of a secret is left', () => {
  const path = `/${'a/'.repeat(508)}bob@example.com`;
  expect(redactPath(path)).toHaveLength(1_024);
  expect(redactPath(path)).not.toContain('bob');
});

it('redactPath never throws, and never shows an address, whatever is around and however it is escaped', () => {
  const escaped = (text: string, layers: number): string =>
    Array.from({ length: layers }).reduce<string>((inner) => encodeURIComponent(inner), text);
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.integer({ min: 0, max: 3 }), (before, after, layers) => {
      const path = `/${escaped(`${before.replaceAll('%', '')}/canary@example.com/${after.replaceAll('%', '')}`, layers)}`;
      expect(redactPath(path)).not.toContain('canary');
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['escapes', '%25'.repeat(3_400)],
  ['segments', '/a'.repeat(5_000)],
  ['a segment without end', 'a1'.repeat(5_000)],
])('redactPath takes time in proportion to %s', (_name, path) => {
  const startedMs = performance.now();
  redactPath(path);
  expect(performance.now() - startedMs).toBeLessThan(200);
});
