import {
  createPrivateKey,
  createPublicKey,
  createHmac,
  timingSafeEqual,
  verify as verifyRaw,
  type KeyObject,
} from 'node:crypto';
import { createRequire } from 'node:module';
import { createTokenVerifier, parseAuthConfig, type Algorithm, type KeySource } from '@gatehouse/auth';
import {
  createTestKey,
  mintToken,
  TEST_CLAIMS,
  TEST_NOW_SECONDS,
  type TestKey,
} from '@gatehouse/auth/testing';
import { importJWK, jwtVerify } from 'jose';

/** Called once per iteration; throws or rejects when the token is not accepted. */
type Verify = () => unknown;

const [, , peersDirectory = '', algorithmName = 'RS256', order = 'forward'] = process.argv;
const algorithm = algorithmName as Algorithm;
const peers = createRequire(`${peersDirectory}/package.json`);
const key = createTestKey(algorithm, 'bench');
const token = mintToken(key);
const authorization = [`Bearer ${token}`];
const clock = (): number => TEST_NOW_SECONDS * 1000;
const isSecret = algorithm.startsWith('HS');
const publicKey = isSecret
  ? key.signingKey
  : createPublicKey(createPrivateKey(key.signingKey.export({ format: 'pem', type: 'pkcs8' })));
const claims = { issuer: TEST_CLAIMS.iss, audience: TEST_CLAIMS.aud };

/** What the platform's own cryptography takes, and nothing else: the limit. */
function raw({ algorithm: name }: TestKey, verificationKey: KeyObject): Verify {
  const end = token.lastIndexOf('.');
  const signed = Buffer.from(token.slice(0, end));
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  if (name === 'HS256') {
    return () =>
      assert(timingSafeEqual(createHmac('sha256', verificationKey).update(signed).digest(), signature));
  }
  if (name === 'EdDSA') return () => assert(verifyRaw(null, signed, verificationKey, signature));
  const options = { key: verificationKey, dsaEncoding: 'ieee-p1363' } as const;
  return () => assert(verifyRaw('sha256', signed, options, signature));
}

async function jose(): Promise<Verify> {
  const secret = Buffer.from(key.jwk.k ?? '', 'base64url');
  const imported = isSecret
    ? await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    : await importJWK(key.jwk, algorithm);
  const options = {
    ...claims,
    algorithms: [algorithm],
    typ: 'at+jwt',
    currentDate: new Date(clock()),
    clockTolerance: 60,
  };
  return () => jwtVerify(token, imported, options);
}

async function ours(maxCachedTokens: number): Promise<Verify> {
  const entry = {
    issuer: claims.issuer,
    algorithms: [algorithm],
    audience: [claims.audience],
    ...(isSecret ? { secretArn: 'secret' } : { jwksUri: 'https://issuer.example/jwks' }),
  };
  const config = parseAuthConfig(JSON.stringify({ issuers: [entry] }));
  const secret = Buffer.from(key.jwk.k ?? '', 'base64url');
  const cryptoKey = isSecret
    ? await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    : await importJWK(key.jwk, algorithm);
  if (cryptoKey instanceof Uint8Array) throw new TypeError('a key is expected');
  const known = [{ algorithm, kid: key.kid, cryptoKey }];
  const source: KeySource = {
    find: () => Promise.resolve(known),
    findFurther: () => Promise.resolve([]),
    findNew: () => Promise.resolve([]),
    isCurrent: () => true,
  };
  const verifier = createTokenVerifier(config, { keysOf: () => source, clock, maxCachedTokens });
  return () => verifier.verify(authorization);
}

/** A token that is refused unread: what an attacker's megabyte costs. */
function oversized(): Verify {
  const config = parseAuthConfig(
    JSON.stringify({
      issuers: [{ issuer: 'i', algorithms: ['RS256'], jwksUri: 'https://i.example/', audience: ['a'] }],
    }),
  );
  const source: KeySource = {
    find: () => Promise.resolve([]),
    findFurther: () => Promise.resolve([]),
    findNew: () => Promise.resolve([]),
    isCurrent: () => false,
  };
  const verifier = createTokenVerifier(config, { keysOf: () => source, clock });
  const megabyte = [`Bearer ${'A'.repeat(1_000_000)}`];
  return () => verifier.verify(megabyte).catch(() => undefined);
}

interface FastJwt {
  readonly createVerifier: (options: object) => Verify & ((token: string) => unknown);
}

function fastJwt(cache: boolean): Verify {
  const { createVerifier } = peers('fast-jwt') as FastJwt;
  const secret = isSecret ? Buffer.from(key.jwk.k ?? '', 'base64url') : pem();
  const verifier = createVerifier({
    key: secret,
    algorithms: [algorithm],
    allowedIss: claims.issuer,
    allowedAud: claims.audience,
    clockTimestamp: clock(),
    cache,
  });
  return () => verifier(token);
}

function jsonwebtoken(): Verify {
  const { verify } = peers('jsonwebtoken') as {
    readonly verify: (token: string, key: KeyObject, options: object) => unknown;
  };
  const options = { algorithms: [algorithm], ...claims, clockTimestamp: TEST_NOW_SECONDS };
  return () => verify(token, publicKey, options);
}

function awsJwtVerify(): Verify {
  interface Verifier {
    readonly cacheJwks: (jwks: object) => void;
    readonly verifySync: (token: string) => unknown;
  }
  const { JwtVerifier } = peers('aws-jwt-verify') as {
    readonly JwtVerifier: { readonly create: (options: object) => Verifier };
  };
  const verifier = JwtVerifier.create({
    ...claims,
    jwksUri: 'https://issuer.example/jwks',
    graceSeconds: 1e9,
  });
  verifier.cacheJwks({ keys: [key.jwk] });
  return () => verifier.verifySync(token);
}

function pem(): string {
  return publicKey.export({ format: 'pem', type: 'spki' }) as string;
}

function assert(isValid: boolean): void {
  if (!isValid) throw new Error('the token was not accepted');
}

/** Calls that go before the measured ones: the first after another candidate pay for what that one has left in the caches, and for threads that have gone to sleep. */
const LEAD_IN_CALLS = 50;

/** CPU time of all threads, in microseconds a call: WebCrypto works on threads of its own. */
async function measure(verify: Verify, iterations: number): Promise<number> {
  for (let count = 0; count < LEAD_IN_CALLS; count += 1) await verify();
  const start = process.cpuUsage();
  for (let count = 0; count < iterations; count += 1) await verify();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / iterations;
}

/**
 * The first blocks are not kept. Each block runs all candidates, for they share code: V8 compiles anew what another candidate has used otherwise, for some 20 blocks, on a
 * thread whose time is counted.
 */
const WARM_UP_BLOCKS = 30;
const BLOCKS = 15;

async function main(): Promise<void> {
  const candidates: [name: string, verify: Verify, iterations: number][] = [
    ['node:crypto', raw(key, publicKey), 4_000],
    ['jose', await jose(), 2_000],
    ['ours', await ours(0), 2_000],
    ['ours, cached', await ours(1_000), 20_000],
    ['ours, 1 MB refused', oversized(), 20_000],
    ['fast-jwt', fastJwt(false), 2_000],
    ['fast-jwt, cached', fastJwt(true), 20_000],
    ...(algorithm === 'EdDSA' ? [] : [['jsonwebtoken', jsonwebtoken(), 2_000] as [string, Verify, number]]),
    ...(isSecret ? [] : [['aws-jwt-verify', awsJwtVerify(), 2_000] as [string, Verify, number]]),
  ];
  if (order === 'reverse') candidates.reverse();
  const samples = new Map<string, number[]>(candidates.map(([name]) => [name, []]));
  for (let block = -WARM_UP_BLOCKS; block < BLOCKS; block += 1) {
    for (const [name, verify, iterations] of block % 2 === 0 ? candidates : [...candidates].reverse()) {
      const microseconds = await measure(verify, iterations / 10);
      if (block >= 0) samples.get(name)?.push(microseconds);
    }
  }
  console.log(JSON.stringify(Object.fromEntries(samples)));
}

void main();
