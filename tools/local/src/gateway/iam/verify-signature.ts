import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type SignedRequest, toCanonicalRequest } from './canonical-request.ts';
import type { CredentialLookup } from './credential-lookup.ts';
import type { IamCaller } from './iam-caller.ts';
import { readSignature, type SignatureClaim } from './read-signature.ts';

/** How far a client's clock may be off, either way. */
const MAX_SKEW_MS = 5 * 60 * 1000;

export interface SignatureExpectations {
  /** `execute-api` for an API, `lambda` for a function URL. */
  readonly service: string;
  readonly region: string;
  readonly nowMs: number;
  readonly credentials: CredentialLookup;
}

export type SignatureVerdict =
  | { readonly kind: 'verified'; readonly caller: IamCaller }
  | {
      readonly kind: 'unsigned' | 'incomplete' | 'unknown-key' | 'expired' | 'mismatch';
      /** One sentence for a trace; holds neither a key nor a signature. */
      readonly reason: string;
    };

/** Verifies Signature Version 4, in the Authorization header or in a presigned query. */
export function verifySignature(request: SignedRequest, expected: SignatureExpectations): SignatureVerdict {
  const reading = readSignature(request);
  if (reading.kind === 'unsigned') return { kind: 'unsigned', reason: 'the request is not signed' };
  if (reading.kind === 'incomplete') return reading;
  const { claim } = reading;
  const credential = expected.credentials(claim.accessKeyId);
  if (credential === undefined) return { kind: 'unknown-key', reason: 'nobody holds the access key' };
  if (credential.sessionToken !== claim.sessionToken) {
    return { kind: 'unknown-key', reason: 'the session token is not the one of the access key' };
  }
  const late = checkTime(claim, expected.nowMs);
  if (late !== undefined) return { kind: 'expired', reason: late };
  const wrongScope = checkScope(claim, expected);
  if (wrongScope !== undefined) return { kind: 'mismatch', reason: wrongScope };
  if (!isSigned(request, claim, credential.secretAccessKey)) {
    return { kind: 'mismatch', reason: 'the signature is not that of this request' };
  }
  const { accountId, principalArn: userArn, userId } = credential;
  return { kind: 'verified', caller: { accessKeyId: claim.accessKeyId, accountId, userArn, userId } };
}

function checkTime(claim: SignatureClaim, nowMs: number): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(claim.timestamp);
  if (parts === null) return 'the time of the signature is not of the form 20261122T101112Z';
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  const signedAtMs = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  const lifetimeMs = claim.expiresSeconds === undefined ? MAX_SKEW_MS : claim.expiresSeconds * 1000;
  if (nowMs > signedAtMs + lifetimeMs) return 'the signature has expired';
  return nowMs < signedAtMs - MAX_SKEW_MS ? 'the signature is not yet current' : undefined;
}

function checkScope(claim: SignatureClaim, { region, service }: SignatureExpectations): string | undefined {
  const wanted = `${claim.timestamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  if (claim.scope !== wanted) return `the credential's scope is ${claim.scope}, not ${wanted}`;
  return claim.signedHeaders.includes('host') ? undefined : 'the host header is not signed';
}

function isSigned(request: SignedRequest, claim: SignatureClaim, secretAccessKey: string): boolean {
  const canonical = toCanonicalRequest(request, claim.signedHeaders);
  const text = [
    'AWS4-HMAC-SHA256',
    claim.timestamp,
    claim.scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = claim.scope
    .split('/')
    .reduce((secret: Buffer | string, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  const actual = hmac(key, text);
  const claimed = Buffer.from(claim.signature, 'hex');
  return claimed.length === actual.length && timingSafeEqual(claimed, actual);
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
