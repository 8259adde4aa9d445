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
    ['a matrix parameter, and what follows it', '/users;token=abc/1', `/${redacted}/${redacted}`],
    [
      'what follows the name of a secret',
      '/password-resets/1234/confirm',
      `/password-resets/${redacted}/confirm`,
    ],
    ['what follows a name in escapes', '/%74oken/1234', `/${redacted}/${redacted}`],
    ['each of several', `/a@b.example/x/${jwt}`, `/${redacted}/x/${redacted}`],
    ['a key of 20 characters', `/k/${'a1'.repeat(10)}`, `/k/${redacted}`],
    ['a signature in base64', '/k/K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN-H-pI4=', `/k/${redacted}`],
    [
      'a signature in base64 whose slashes cut it short',
      '/k/K5oZfzN95Z9/UVu1EsfQmfVNQh/nkZ2pj9o9/x',
      `/k/${redacted}/${redacted}/${redacted}/x`,
    ],
    ['a long word with a capital', `/k/${'a'.repeat(20)}B`, `/k/${redacted}`],
    ['words with a digit', '/password-reset-requests-7', `/${redacted}`],
    ['a UUID with more before it', '/x0b5e9c1e-3f57-4c1e-9d0a-6f1f6f2f9a10/1', `/${redacted}/1`],
    ['a UUID with more behind it', '/0b5e9c1e-3f57-4c1e-9d0a-6f1f6f2f9a10x', `/${redacted}`],
    ['a space', '/a b/1', `/${redacted}/1`],
    ['a line feed', '/users\n/1', `/${redacted}/1`],
    ['a letter that is not ASCII', '/größe', `/${redacted}`],
  ])('%s', (_name, path, expected) => {
    expect(redactPath(path)).toBe(expected);
  });
});

describe('redactPath leaves', () => {
  it.each([
    '',
    '/',
    '/users/3f2b8c1e-9d4a-4c57-8a11-0d5b7c9e2f60',
    '/users/3F2B8C1E-9D4A-4C57-8A11-0D5B7C9E2F60/files//2026-11-23.csv',
    '/users/42/posts/a.b_c~d-e',
    '/.well-known/openid-configuration',
    `/${'a1'.repeat(9)}z`,
    '/prod/v1/users/me',
    '/orders/A1029/items/B77/notes/C5b/parts/D41x',
    '/2026-11-23/v12/Users/2026/11/23/1.2.3',
    '/a1b2c3/d4e5f6',
    '/token',
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

it('redactPath shows no signature in base64 whole, wherever its slashes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 33, maxLength: 33 }), (bytes) => {
      const signature = Buffer.from(bytes).toString('base64');
      expect(redactPath(`/k/${signature}/x`)).not.toContain(signature);
    }),
    // Of six signatures, one has slashes so near together.
    { numRuns: 2_000, seed: 20_261_129 },
  );
});

it.each([
  ['escapes', '%25'.repeat(3_400)],
  ['segments', '/a'.repeat(5_000)],
  ['segments of one run', '/a1'.repeat(5_000)],
  ['a segment without end', 'a1'.repeat(5_000)],
])('redactPath takes time in proportion to %s', (_name, path) => {
  const startedMs = performance.now();
  redactPath(path);
  expect(performance.now() - startedMs).toBeLessThan(200);
});
