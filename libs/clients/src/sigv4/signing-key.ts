import { hmacSha256 } from './hash.ts';

interface KeyScope {
  /** `YYYYMMDD`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly secretAccessKey: string;
}

/** Keys of a day and a service; a function uses a handful. */
const maxKeys = 20;
const keys = new Map<string, Uint8Array>();

/** Derives the key of one day, region and service; kept, since it takes four of a signature's five HMACs. */
export function signingKey(scope: KeyScope): Uint8Array {
  // The secret is a part of the name, so that other credentials get another key.
  const name = `${scope.day}/${scope.region}/${scope.service}/${scope.secretAccessKey}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const dateKey = hmacSha256(`AWS4${scope.secretAccessKey}`, scope.day);
  const key = hmacSha256(hmacSha256(hmacSha256(dateKey, scope.region), scope.service), 'aws4_request');
  if (keys.size >= maxKeys) keys.clear();
  keys.set(name, key);
  return key;
}
