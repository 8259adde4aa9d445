import { signBytes, type TestKey } from './test-keys.ts';

/** Claims or header members; undefined leaves a default out. */
export type Members = Readonly<Record<string, unknown>>;

/** The second at which minted tokens are right now, unless a test says otherwise. */
export const TEST_NOW_SECONDS = 1_767_225_600;

/** The claims of a minted token before a test's own. */
export const TEST_CLAIMS = {
  iss: 'https://issuer.example/',
  aud: 'https://api.example/',
  sub: 'alice',
  exp: TEST_NOW_SECONDS + 600,
  iat: TEST_NOW_SECONDS - 10,
  nbf: TEST_NOW_SECONDS - 10,
  jti: 'token-1',
  client_id: 'web',
  scope: 'users:read users:write',
} as const;

/** Mints an access token in the form of RFC 9068, with a test's own claims and header members over the defaults. */
export function mintToken(
  key: TestKey,
  own: { readonly claims?: Members; readonly header?: Members } = {},
): string {
  const header = { alg: key.algorithm, typ: 'at+jwt', kid: key.kid, ...own.header };
  return signText(key, JSON.stringify(header), JSON.stringify({ ...TEST_CLAIMS, ...own.claims }));
}

/** Signs header and payload texts as they are, well-formed or not. */
export function signText(key: TestKey, header: string | Uint8Array, payload: string | Uint8Array): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${signBytes(key, input).toString('base64url')}`;
}

function encode(part: string | Uint8Array): string {
  return Buffer.from(part as Uint8Array).toString('base64url');
}
