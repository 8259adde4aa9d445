import { decodeProtectedHeader, jwtVerify } from 'jose';
import { mintToken } from './mint-token.ts';

const key = { kty: 'oct', kid: 'k1', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA' };
const issuer = { issuer: 'https://auth.example/', audience: 'https://api.example/', key };

describe('mintToken', () => {
  it('signs an access token in the form of RFC 9068', async () => {
    const token = await mintToken(
      issuer,
      { sub: 'alice', scope: 'users:read', lifetimeSeconds: 60 },
      1_700_000_000,
    );
    const { payload } = await jwtVerify(token, Buffer.from(key.k, 'base64url'), {
      issuer: issuer.issuer,
      audience: issuer.audience,
      typ: 'at+jwt',
      currentDate: new Date(1_700_000_030_000),
    });
    expect(payload).toMatchObject({
      sub: 'alice',
      scope: 'users:read',
      iat: 1_700_000_000,
      exp: 1_700_000_060,
    });
    expect(payload['client_id']).toEqual(expect.any(String));
  });

  it('names the key, and says nothing of a key without a name', async () => {
    const claims = { sub: 'alice', scope: '' };
    const { kid: _, ...unnamed } = key;
    expect(decodeProtectedHeader(await mintToken(issuer, claims, 1))).toMatchObject({ kid: 'k1' });
    expect(decodeProtectedHeader(await mintToken({ ...issuer, key: unnamed }, claims, 1))).not.toHaveProperty(
      'kid',
    );
  });

  it('makes another token each time', async () => {
    const claims = { sub: 'alice', scope: 'users:read' };
    expect(await mintToken(issuer, claims, 1)).not.toBe(await mintToken(issuer, claims, 1));
  });
});
