import { createHash } from 'node:crypto';
import { createApiKeyRegistry } from './api-key-registry.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const KEY = 'partner-key-0123456789abcdef';
const OTHER = 'another-key-0123456789abcdef';
const registry = createApiKeyRegistry([
  { id: 'partner', sha256: sha256(KEY), scopes: ['users:read'] },
  { id: 'other', sha256: sha256(OTHER), scopes: [] },
]);

describe('createApiKeyRegistry', () => {
  it.each([
    [KEY, 'partner', ['users:read']],
    [OTHER, 'other', []],
  ])('knows the key %s by its hash', (key, keyId, scopes) => {
    expect(registry.identify([key])).toEqual({
      key,
      principal: { kind: 'api-key', keyId, subject: `api-key#${keyId}`, scopes },
    });
  });

  it.each([
    ['no value', [], 'AUTH_API_KEY_MISSING'],
    ['two values', [KEY, KEY], 'AUTH_API_KEY_MISSING'],
    ['an empty value', [''], 'AUTH_API_KEY_MISSING'],
    ['19 characters', ['k'.repeat(19)], 'AUTH_API_KEY_MISSING'],
    ['20 characters of no key', ['k'.repeat(20)], 'AUTH_API_KEY_UNKNOWN'],
    ['128 characters of no key', ['k'.repeat(128)], 'AUTH_API_KEY_UNKNOWN'],
    ['129 characters', ['k'.repeat(129)], 'AUTH_API_KEY_MISSING'],
    ['a key with a space before it', [` ${KEY}`], 'AUTH_API_KEY_MISSING'],
    ['a key with a space after it', [`${KEY} `], 'AUTH_API_KEY_MISSING'],
    ['a key in capitals', [KEY.toUpperCase()], 'AUTH_API_KEY_UNKNOWN'],
    ['the hash in place of the key', [sha256(KEY)], 'AUTH_API_KEY_UNKNOWN'],
  ])('refuses %s', (_, values, code) => {
    expect(() => registry.identify(values)).toThrow(
      expect.objectContaining({ code, kind: 'unauthenticated' }),
    );
  });

  it('knows no key when none is registered', () => {
    expect(() => createApiKeyRegistry([]).identify([KEY])).toThrow(
      expect.objectContaining({ code: 'AUTH_API_KEY_UNKNOWN' }),
    );
  });
});
