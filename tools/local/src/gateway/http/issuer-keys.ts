import type { JSONWebKeySet } from 'jose';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { forwardRequest, parseBackendUrl } from '../integration/forward-request.ts';

/** API Gateway keeps an issuer's keys for two hours. */
const KEEP_MS = 2 * 60 * 60 * 1000;
const FETCH_TIMEOUT_MS = 5000;

/** Gives an issuer's public keys. Rejects when they cannot be had. */
export type IssuerKeys = (issuer: string) => Promise<JSONWebKeySet>;

/** Finds keys by OpenID Connect discovery and keeps them; a failure is not kept. */
export function createIssuerKeys(runtime: GatewayRuntime): IssuerKeys {
  const kept = new Map<string, { readonly keys: Promise<JSONWebKeySet>; readonly untilMs: number }>();
  return (issuer) => {
    const entry = kept.get(issuer);
    if (entry !== undefined && entry.untilMs > runtime.clock()) return entry.keys;
    const keys = discover(runtime, issuer);
    kept.set(issuer, { keys, untilMs: runtime.clock() + KEEP_MS });
    keys.catch(() => kept.delete(issuer));
    return keys;
  };
}

async function discover(runtime: GatewayRuntime, issuer: string): Promise<JSONWebKeySet> {
  const configuration = await fetchJson(
    runtime,
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  );
  const { jwks_uri: uri } = configuration;
  if (typeof uri !== 'string') throw new Error(`the issuer ${issuer} names no jwks_uri`);
  const { keys } = await fetchJson(runtime, uri);
  if (!Array.isArray(keys)) throw new Error(`${uri} has no keys`);
  return { keys: keys as JSONWebKeySet['keys'] };
}

async function fetchJson(
  runtime: GatewayRuntime,
  address: string,
): Promise<Readonly<Record<string, unknown>>> {
  const url = parseBackendUrl(address);
  if (url === undefined) throw new Error(`${address} is no http or https URL`);
  const outcome = await forwardRequest(runtime, {
    url,
    method: 'GET',
    headers: [['Accept', 'application/json']],
    body: new Uint8Array(0),
    timeoutMs: FETCH_TIMEOUT_MS,
  });
  if (outcome.kind !== 'response') throw new Error(`${address} does not answer`);
  if (outcome.response.status !== 200) throw new Error(`${address} answers ${outcome.response.status}`);
  const value: unknown = JSON.parse(Buffer.from(outcome.response.body).toString('utf8'));
  if (typeof value !== 'object' || value === null) throw new Error(`${address} has no JSON object`);
  return value as Readonly<Record<string, unknown>>;
}
