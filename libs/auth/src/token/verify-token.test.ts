import { parseAuthConfig, type AuthConfigInput } from '../config/auth-config.ts';
import { AuthError } from '../errors.ts';
import { createSecretKeySource, type ReadSecret } from '../keys/secret-keys.ts';
import {
  createTestKey,
  mintToken,
  signText,
  TEST_CLAIMS,
  TEST_NOW_SECONDS,
  type TestKey,
} from '../testing/index.ts';
import { createTokenVerifier } from './verify-token.ts';

const key = createTestKey('HS256', 'k1');
const impostor = createTestKey('HS256', 'k2');
const issuer = {
  issuer: TEST_CLAIMS.iss,
  algorithms: ['HS256' as const],
  secretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:signing',
  audience: [TEST_CLAIMS.aud],
};

interface Setting {
  readonly config?: Partial<AuthConfigInput>;
  readonly issuer?: Partial<AuthConfigInput['issuers'][number]>;
  readonly readSecret?: ReadSecret;
  readonly nowSeconds?: number;
}

function verifierOf(setting: Setting = {}) {
  const config = parseAuthConfig(
    JSON.stringify({ issuers: [{ ...issuer, ...setting.issuer }], ...setting.config }),
  );
  const clock = () => (setting.nowSeconds ?? TEST_NOW_SECONDS) * 1000;
  const readSecret: ReadSecret =
    setting.readSecret ??
    (async (_, stage) => (stage === 'AWSCURRENT' ? JSON.stringify(key.jwk) : undefined));
  return createTokenVerifier(config, {
    clock,
    keysOf: (entry) => {
      if (entry.keys.kind !== 'secret') throw new TypeError('a secret is expected here');
      return createSecretKeySource({ ...entry.keys, algorithms: entry.algorithms, readSecret, clock });
    },
  });
}

async function verdict(authorization: string | readonly string[], setting: Setting = {}): Promise<string> {
  try {
    await verifierOf(setting).verify([authorization].flat());
    return 'accepted';
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    return error.detail === undefined ? error.code : `${error.code} ${error.detail}`;
  }
}

const bearer = (claims: object = {}, header: object = {}, signer: TestKey = key): string =>
  `Bearer ${mintToken(signer, { claims: { ...claims }, header: { ...header } })}`;

describe('createTokenVerifier', () => {
  it('tells who a valid token speaks for', async () => {
    await expect(verifierOf().verify([bearer()])).resolves.toEqual({
      kind: 'user',
      issuer: TEST_CLAIMS.iss,
      sub: 'alice',
      subject: 'https://issuer.example/#alice',
      scopes: ['users:read', 'users:write'],
      clientId: 'web',
      expiresAtSeconds: TEST_CLAIMS.exp + 60,
    });
  });

  const token = bearer().slice('Bearer '.length);
  const [header, payload, signature] = token.split('.') as [string, string, string];

  it.each([
    ['no value', [], 'AUTH_HEADER_MISSING'],
    ['two values', [`Bearer ${token}`, `Bearer ${token}`], 'AUTH_HEADER_AMBIGUOUS'],
    ['two values joined', `Bearer ${token}, Bearer ${token}`, 'AUTH_HEADER_MALFORMED'],
    ['another scheme', `Basic ${token}`, 'AUTH_HEADER_MALFORMED'],
    ['no scheme', token, 'AUTH_HEADER_MALFORMED'],
    ['no token', 'Bearer ', 'AUTH_HEADER_MALFORMED'],
    ['a tab for the space', `Bearer\t${token}`, 'AUTH_HEADER_MALFORMED'],
    ['text after the token', `Bearer ${token} x`, 'AUTH_HEADER_MALFORMED'],
    ['a line feed at the end', `Bearer ${token}\n`, 'AUTH_HEADER_MALFORMED'],
    [
      'a character that is not ASCII',
      `Bearer ${header}.${payload}.\u00e9${signature}`,
      'AUTH_HEADER_MALFORMED',
    ],
    ['padding within the token', `Bearer ${header}=.${payload}.${signature}`, 'AUTH_HEADER_MALFORMED'],
    ['a space before', ` Bearer ${token}`, 'AUTH_HEADER_MALFORMED'],
    ['the scheme in capitals', `BEARER ${token}`, 'accepted'],
    ['two spaces (RFC 6750 lets 1*SP)', `Bearer  ${token}`, 'accepted'],
    ['three spaces', `Bearer   ${token}`, 'accepted'],
  ])('answers an Authorization header with %s', async (_, values, expected) => {
    expect(await verdict(values)).toBe(expected);
  });

  it.each([
    ['two parts', `${header}.${payload}`, 'AUTH_TOKEN_MALFORMED parts'],
    ['four parts', `${token}.x`, 'AUTH_TOKEN_MALFORMED parts'],
    ['five parts, as a JWE has', `${token}.x.y`, 'AUTH_TOKEN_MALFORMED parts'],
    ['an empty header', `.${payload}.${signature}`, 'AUTH_TOKEN_MALFORMED digits'],
    ['an empty payload', `${header}..${signature}`, 'AUTH_TOKEN_JSON payload'],
    ['an empty signature', `${header}.${payload}.`, 'AUTH_TOKEN_MALFORMED digits'],
    ['padding', `${header}.${payload}.${signature}=`, 'AUTH_TOKEN_MALFORMED digits'],
    [
      'the alphabet of plain base64',
      `${header}.${payload}.${signature.slice(0, -1)}+`,
      'AUTH_TOKEN_MALFORMED digits',
    ],
    ['a part of impossible length', `${header}.${payload}.${signature}AA`, 'AUTH_TOKEN_MALFORMED signature'],
    [
      'a changed payload',
      `${header}.${mintToken(key, { claims: { sub: 'root' } }).split('.')[1]!}.${signature}`,
      'AUTH_TOKEN_SIGNATURE',
    ],
  ])('answers a token with %s', async (_, text, expected) => {
    expect(await verdict(`Bearer ${text}`)).toBe(expected);
  });

  it.each([
    ['header', '{"alg":"HS256","typ":"at+jwt","kid":"k1"}'.padEnd(43), 0],
    ['payload', JSON.stringify(TEST_CLAIMS).padEnd(244), 1],
  ])('refuses a second spelling of a %s', async (part, text, index) => {
    const parts = token.split('.');
    // 3n + 1 bytes leave four unused bits in the last digit.
    const spelling = Buffer.from(text).toString('base64url');
    expect(Buffer.byteLength(text) % 3).toBe(1);
    const respelt = spelling.replace(/.$/, (digit) => String.fromCharCode(digit.charCodeAt(0) + 1));
    expect(Buffer.from(respelt, 'base64url')).toEqual(Buffer.from(text));
    parts[index] = respelt;
    expect(await verdict(`Bearer ${parts.join('.')}`)).toBe(`AUTH_TOKEN_MALFORMED ${part}`);
  });

  it('refuses a second spelling of a signature', async () => {
    // 32 bytes leave four unused bits in the last digit.
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = digits.indexOf(signature.at(-1)!);
    for (let bits = 1; bits < 4; bits += 1) {
      const respelt = signature.slice(0, -1) + digits[(last & 0b111100) | bits]!;
      expect(Buffer.from(respelt, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
      expect(await verdict(`Bearer ${header}.${payload}.${respelt}`)).toBe('AUTH_TOKEN_MALFORMED signature');
    }
  });

  it.each([
    ['an array as header', '[]', '{}', 'AUTH_TOKEN_JSON header'],
    ['a header that is no JSON', '{alg}', '{}', 'AUTH_TOKEN_JSON header'],
    ['a header after a space', ' {"alg":"HS256"}', '{}', 'AUTH_TOKEN_JSON header'],
    ['a header after a byte order mark', '\ufeff{"alg":"HS256"}', '{}', 'AUTH_TOKEN_JSON header'],
    ['a repeated header member', '{"alg":"none","alg":"HS256"}', '{}', 'AUTH_TOKEN_JSON header'],
    [
      'a repeated header member, escaped',
      '{"alg":"HS256","\\u0061lg":"none"}',
      '{}',
      'AUTH_TOKEN_JSON header',
    ],
    [
      'a header that is not UTF-8',
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      '{}',
      'AUTH_TOKEN_JSON header',
    ],
    ['a string as payload', '{"alg":"HS256"}', '"x"', 'AUTH_TOKEN_JSON payload'],
    ['null as payload', '{"alg":"HS256"}', 'null', 'AUTH_TOKEN_JSON payload'],
    ['a repeated claim', '{"alg":"HS256"}', '{"sub":"a","sub":"b"}', 'AUTH_TOKEN_JSON payload'],
    [
      'a repeated member deep in a claim',
      '{"alg":"HS256"}',
      '{"a":[{"b":1,"b":2}]}',
      'AUTH_TOKEN_JSON payload',
    ],
    [
      'a claim nested too deep',
      '{"alg":"HS256"}',
      `{"a":${'['.repeat(40)}${']'.repeat(40)}}`,
      'AUTH_TOKEN_JSON payload',
    ],
  ])('refuses %s', async (_, headerText, payloadText, expected) => {
    expect(await verdict(`Bearer ${signText(key, headerText, payloadText)}`)).toBe(expected);
  });

  it.each(['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc', 'cty'])(
    'refuses the header member %s, whatever its value',
    async (name) => {
      for (const value of [null, '', [], {}, true]) {
        expect(await verdict(bearer({}, { [name]: value }))).toBe(`AUTH_TOKEN_HEADER_REFUSED ${name}`);
      }
    },
  );

  it.each([
    ['a header member that is only informative', { x5t: 'abc', 'x5t#S256': 'abc', nonce: 1 }, 'accepted'],
    ['a key id that is no string', { kid: 1 }, 'AUTH_TOKEN_KID grammar'],
    ['an empty key id', { kid: '' }, 'AUTH_TOKEN_KID grammar'],
    ['a key id with a line feed', { kid: 'k1\n' }, 'AUTH_TOKEN_KID grammar'],
    ['a key id of 257 characters', { kid: 'k'.repeat(257) }, 'AUTH_TOKEN_KID grammar'],
    ['an unknown key id', { kid: 'k9' }, 'AUTH_TOKEN_KEY_UNKNOWN'],
    ['no key id, though the key has one', { kid: undefined }, 'AUTH_TOKEN_KEY_UNKNOWN'],
    ['an inherited property for a key id', { kid: '__proto__' }, 'AUTH_TOKEN_KEY_UNKNOWN'],
    ['no algorithm', { alg: undefined }, 'AUTH_TOKEN_ALGORITHM alg'],
    ['the algorithm none', { alg: 'none' }, 'AUTH_TOKEN_ALGORITHM alg'],
    ['the algorithm in lower case', { alg: 'hs256' }, 'AUTH_TOKEN_ALGORITHM alg'],
    ['an algorithm that is a list', { alg: ['HS256'] }, 'AUTH_TOKEN_ALGORITHM alg'],
    ['an inherited property for an algorithm', { alg: 'toString' }, 'AUTH_TOKEN_ALGORITHM alg'],
    ['an algorithm that the issuer does not use', { alg: 'HS512' }, 'AUTH_TOKEN_ALGORITHM issuer'],
    ['another type', { typ: 'dpop+jwt' }, 'AUTH_TOKEN_TYPE typ'],
    ['no type', { typ: undefined }, 'AUTH_TOKEN_TYPE typ'],
    ['a type that is a list', { typ: ['at+jwt'] }, 'AUTH_TOKEN_TYPE form'],
    ['a type that only starts right', { typ: 'at+jwt;x=1' }, 'AUTH_TOKEN_TYPE typ'],
    ['the type in capitals', { typ: 'AT+JWT' }, 'accepted'],
    ['the type with application/', { typ: 'application/at+jwt' }, 'accepted'],
    ['the type with a prefix before application/', { typ: 'x-application/at+jwt' }, 'AUTH_TOKEN_TYPE typ'],
    ['the type with another prefix', { typ: 'text/at+jwt' }, 'AUTH_TOKEN_TYPE typ'],
  ])('answers %s', async (_, members, expected) => {
    expect(await verdict(bearer({}, members))).toBe(expected);
  });

  it('accepts a token without type where the issuer may leave it out', async () => {
    const setting = { issuer: { typ: ['JWT', null] } };
    expect(await verdict(bearer({}, { typ: undefined }), setting)).toBe('accepted');
    expect(await verdict(bearer({}, { typ: 'jwt' }), setting)).toBe('accepted');
    expect(await verdict(bearer({}, { typ: 'at+jwt' }), setting)).toBe('AUTH_TOKEN_TYPE typ');
  });

  it('takes application/ for granted only before a subtype (RFC 7515 section 4.1.9)', async () => {
    const setting = { issuer: { typ: ['custom/access'] } };
    expect(await verdict(bearer({}, { typ: 'custom/access' }), setting)).toBe('accepted');
    expect(await verdict(bearer({}, { typ: 'application/custom/access' }), setting)).toBe(
      'AUTH_TOKEN_TYPE typ',
    );
  });

  it('refuses a signature of another key under this key’s id', async () => {
    expect(await verdict(bearer({}, { kid: 'k1' }, impostor))).toBe('AUTH_TOKEN_SIGNATURE');
  });

  const now = TEST_NOW_SECONDS;
  it.each([
    ['an unknown issuer', { iss: 'https://other.example/' }, 'AUTH_TOKEN_ISSUER'],
    ['an issuer without its final slash', { iss: 'https://issuer.example' }, 'AUTH_TOKEN_ISSUER'],
    ['an issuer in a list', { iss: [TEST_CLAIMS.iss] }, 'AUTH_TOKEN_ISSUER'],
    ['no issuer', { iss: undefined }, 'AUTH_TOKEN_ISSUER'],
    ['another audience', { aud: 'https://other.example/' }, 'AUTH_TOKEN_AUDIENCE'],
    ['no audience', { aud: undefined }, 'AUTH_TOKEN_AUDIENCE'],
    ['an empty list of audiences', { aud: [] }, 'AUTH_TOKEN_AUDIENCE'],
    ['an audience list with a number', { aud: [TEST_CLAIMS.aud, 1] }, 'AUTH_TOKEN_AUDIENCE'],
    ['an audience list with an empty text', { aud: [TEST_CLAIMS.aud, ''] }, 'AUTH_TOKEN_AUDIENCE'],
    ['a nested audience list', { aud: [[TEST_CLAIMS.aud]] }, 'AUTH_TOKEN_AUDIENCE'],
    ['this audience among others', { aud: ['https://other.example/', TEST_CLAIMS.aud] }, 'accepted'],
    ['a binding to a key by DPoP', { cnf: { jkt: 'abc' } }, 'AUTH_TOKEN_BOUND'],
    ['a binding to a certificate', { cnf: { 'x5t#S256': 'abc' } }, 'AUTH_TOKEN_BOUND'],
    ['no subject', { sub: undefined }, 'AUTH_TOKEN_SUBJECT'],
    ['an empty subject', { sub: '' }, 'AUTH_TOKEN_SUBJECT'],
    ['a subject that is a number', { sub: 7 }, 'AUTH_TOKEN_SUBJECT'],
    ['a subject with a space', { sub: 'a b' }, 'AUTH_TOKEN_SUBJECT'],
    ['a subject with a line feed', { sub: 'a\n' }, 'AUTH_TOKEN_SUBJECT'],
    ['a subject of 256 characters', { sub: 'a'.repeat(256) }, 'AUTH_TOKEN_SUBJECT'],
    ['a subject of 255 characters', { sub: 'a'.repeat(255) }, 'accepted'],
    ['no expiry', { exp: undefined }, 'AUTH_TOKEN_CLAIM exp'],
    ['an expiry in text', { exp: String(now + 600) }, 'AUTH_TOKEN_CLAIM exp'],
    ['a fractional expiry', { exp: now + 0.5 }, 'AUTH_TOKEN_CLAIM exp'],
    ['an expiry past the safe integers', { exp: 2 ** 53 }, 'AUTH_TOKEN_CLAIM exp'],
    ['an expiry 59 s ago', { exp: now - 59 }, 'accepted'],
    ['an expiry 60 s ago', { exp: now - 60 }, 'AUTH_TOKEN_EXPIRED exp'],
    ['no time of issue', { iat: undefined }, 'AUTH_TOKEN_CLAIM iat'],
    ['an issue 60 s ahead', { iat: now + 60, exp: now + 600 }, 'accepted'],
    ['an issue 61 s ahead', { iat: now + 61, exp: now + 600 }, 'AUTH_TOKEN_NOT_YET_VALID iat'],
    ['a start 60 s ahead', { nbf: now + 60 }, 'accepted'],
    ['a start 61 s ahead', { nbf: now + 61 }, 'AUTH_TOKEN_NOT_YET_VALID nbf'],
    ['a start that is null', { nbf: null }, 'AUTH_TOKEN_CLAIM nbf'],
    ['a life of a day', { iat: now, exp: now + 86_400 }, 'accepted'],
    ['a life of a day and a second', { iat: now, exp: now + 86_401 }, 'AUTH_TOKEN_LIFETIME'],
    ['a time of issue before the epoch', { iat: -1 }, 'AUTH_TOKEN_CLAIM iat'],
    ['a start before the epoch', { nbf: -1 }, 'AUTH_TOKEN_CLAIM nbf'],
    ['a start at the epoch', { nbf: 0 }, 'accepted'],
    ['a token use that the issuer’s entry does not ask for', { token_use: 'id' }, 'accepted'],
    ['a token id that is a number', { jti: 1 }, 'AUTH_TOKEN_CLAIM jti'],
    ['a token id with a space', { jti: 'a b' }, 'AUTH_TOKEN_CLAIM jti'],
    ['no token id', { jti: undefined }, 'accepted'],
  ])('answers %s', async (_, claims, expected) => {
    expect(await verdict(bearer(claims))).toBe(expected);
  });

  it.each([
    ['a text', { scope: 'a b a' }, {}, ['a', 'b']],
    ['a text with stray spaces', { scope: ' a  b ' }, {}, ['a', 'b']],
    ['a text with a quote', { scope: 'a "b" c' }, {}, ['a', 'c']],
    ['no claim', { scope: undefined }, {}, []],
    ['a list where RFC 8693 asks for a text', { scope: ['users:admin'] }, {}, []],
    ['an object', { scope: { 'users:admin': true } }, {}, []],
    ['an inherited member', { scope: undefined, ['__proto__']: { scope: 'users:admin' } }, {}, []],
    ['scp as a text', { scope: 'x', scp: 'a b' }, { scopeClaim: 'scp' }, ['a', 'b']],
    ['scp as a list', { scope: 'x', scp: ['a', 'b', 'a', 1, 'c d'] }, { scopeClaim: 'scp' }, ['a', 'b']],
  ])('reads scopes from %s', async (_, claims, entry, expected) => {
    const principal = await verifierOf({ issuer: entry }).verify([bearer(claims)]);
    expect(principal.scopes).toEqual(expected);
  });

  it('gives callers of one scope text a list that none of them can change', async () => {
    const { verify } = verifierOf();
    const [one, other] = await Promise.all([verify([bearer()]), verify([bearer({ sub: 'bob' })])]);
    expect(() => (one.scopes as string[]).push('users:admin')).toThrow(TypeError);
    expect(other.scopes).toEqual(['users:read', 'users:write']);
  });

  it.each([
    ['client_id', { client_id: 'a', azp: 'b', cid: 'c' }, 'a'],
    ['azp', { client_id: undefined, azp: 'b', cid: 'c' }, 'b'],
    ['cid', { client_id: undefined, cid: 'c' }, 'c'],
    ['azp, past a client_id that is a number', { client_id: 7, azp: 'b' }, 'b'],
    ['azp, past a client_id with a space', { client_id: 'a b', azp: 'b' }, 'b'],
    ['nowhere', { client_id: undefined }, undefined],
  ])('reads the client from %s', async (_, claims, expected) => {
    const principal = await verifierOf().verify([bearer(claims)]);
    expect(principal.clientId).toBe(expected);
    expect(Object.hasOwn(principal, 'clientId')).toBe(expected !== undefined);
  });

  it('reads the audience from the claim that the issuer uses, and the token’s use', async () => {
    const setting = { issuer: { audience: ['web'], audienceClaim: 'client_id', tokenUse: 'access' } };
    expect(await verdict(bearer({ aud: undefined, token_use: 'access' }), setting)).toBe('accepted');
    expect(await verdict(bearer({ aud: 'web', client_id: 'other', token_use: 'access' }), setting)).toBe(
      'AUTH_TOKEN_AUDIENCE',
    );
    expect(await verdict(bearer({ token_use: 'id' }), setting)).toBe('AUTH_TOKEN_USE');
    expect(await verdict(bearer({}), setting)).toBe('AUTH_TOKEN_USE');
  });

  it('refuses a revoked token id', async () => {
    const setting = { config: { revokedTokenIds: ['token-1'] } };
    expect(await verdict(bearer(), setting)).toBe('AUTH_TOKEN_REVOKED');
    expect(await verdict(bearer({ jti: 'token-2' }), setting)).toBe('accepted');
  });

  it('refuses a token over the size limit before it looks at it', async () => {
    const setting = { config: { maxTokenBytes: 256 } };
    expect(await verdict(`Bearer ${'a'.repeat(257)}`, setting)).toBe('AUTH_TOKEN_TOO_LARGE');
    expect(await verdict(`Bearer ${'a'.repeat(256)}`, setting)).toBe('AUTH_TOKEN_MALFORMED parts');
    expect(await verdict('\u0000'.repeat(1_000_000), setting)).toBe('AUTH_TOKEN_TOO_LARGE');
    expect(await verdict(`Bearer${' '.repeat(10)}${'a'.repeat(256)}`, setting)).toBe(
      'AUTH_TOKEN_MALFORMED parts',
    );
    expect(await verdict(`Bearer${' '.repeat(11)}${'a'.repeat(256)}`, setting)).toBe('AUTH_TOKEN_TOO_LARGE');
    expect(await verdict(`Bearer ${'a'.repeat(256)}!`, setting)).toBe('AUTH_HEADER_MALFORMED');
  });

  it('rejects, and never throws', async () => {
    const { verify } = verifierOf();
    const refusals = [[], ['Basic x'], ['Bearer x'], [`Bearer ${token}A`]].map((values) => verify(values));
    const settled = await Promise.allSettled(refusals);
    expect(settled.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  });

  it.each(Object.entries({ ...bearerErrors() }))(
    'keeps the token out of the error for %s',
    async (_, value) => {
      const error: unknown = await verifierOf()
        .verify([value])
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(AuthError);
      expect(JSON.stringify([String(error), (error as AuthError).detail])).not.toContain(value.slice(10, 30));
    },
  );
});

function bearerErrors(): Record<string, string> {
  return {
    'a wrong signature': bearer({}, { kid: 'k1' }, impostor),
    'a wrong form': 'Bearer eyJub3QiOiJhIHRva2VuIn0',
    'a wrong scheme': 'Basic c2VjcmV0OnNlY3JldA==',
  };
}
