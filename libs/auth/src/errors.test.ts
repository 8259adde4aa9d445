import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AUTH_ERRORS, AuthError, isAuthError, type AuthErrorCode } from './errors.ts';

const codes = Object.keys(AUTH_ERRORS) as AuthErrorCode[];

describe('AuthError', () => {
  it.each(codes)('%s has a kind and a sentence', (code) => {
    const error = new AuthError(code);
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(['unauthenticated', 'outage', 'configuration']).toContain(error.kind);
    expect(error.name).toBe('AuthError');
    expect(Object.hasOwn(error, 'cause')).toBe(false);
  });

  it('adds the rule that decided, and what caused it', () => {
    const cause = new Error('refused');
    const error = new AuthError('AUTH_KEY_SOURCE_DOWN', { detail: 'timeout', cause });
    expect(error.message).toBe('The issuer’s keys cannot be read, and none that is held verifies. (timeout)');
    expect(error.cause).toBe(cause);
  });

  it('takes a stack where something is at fault, and none for a refusal', () => {
    const { stackTraceLimit } = Error;
    expect(new AuthError('AUTH_TOKEN_EXPIRED').stack).not.toContain(' at ');
    expect(new AuthError('AUTH_KEY_SOURCE_DOWN').stack).toContain(' at ');
    expect(new AuthError('AUTH_CONFIG_INVALID').stack).toContain(' at ');
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });

  it('is told apart by its kind', () => {
    const error = new AuthError('AUTH_TOKEN_EXPIRED');
    expect(isAuthError(error)).toBe(true);
    expect(isAuthError(error, 'unauthenticated')).toBe(true);
    expect(isAuthError(error, 'outage')).toBe(false);
    expect(isAuthError(new Error('AUTH_TOKEN_EXPIRED'))).toBe(false);
  });
});

describe('the list of codes in the README', () => {
  const readme = readFileSync(resolve(__dirname, '../README.md'), 'utf8');
  const listed = [...readme.matchAll(/^\| `(AUTH_[A-Z_]+)` +\| ([a-z]+) +\|/gm)].map(([, code, kind]) => [
    code,
    kind,
  ]);

  it('has every code once, with its kind, and no other', () => {
    expect(listed.sort()).toEqual(codes.map((code) => [code, AUTH_ERRORS[code][0]]).sort());
  });
});
