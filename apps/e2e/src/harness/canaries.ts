import { randomBytes } from 'node:crypto';

const random = (bytes = 24): string => randomBytes(bytes).toString('hex');
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT that nobody signed, with the members given. */
export function forgedJwt(header: object, claims: object): string {
  const signature = randomBytes(32).toString('base64url');
  return `${base64url({ alg: 'HS256', typ: 'at+jwt', ...header })}.${base64url(claims)}.${signature}`;
}

/** What must not be written down anywhere, each in the form that such a thing has. New ones each time. */
export const newCanaries = () => ({
  jwt: forgedJwt({ kid: 'k1' }, { iss: 'https://auth.example/', sub: random() }),
  'opaque token': `tok${random()}`,
  'signature in hex': random(32),
  'signature in base64': randomBytes(33).toString('base64'),
  'API key': `key${random()}`,
  email: `canary.${random(6)}@person.example`,
});

/** How a canary may turn up: as it is, encoded for a URL, in JSON, as a token's part, in another case. */
export function spellings(canary: string): readonly string[] {
  const jwtParts = canary.startsWith('eyJ') ? canary.split('.').slice(1) : [];
  return [canary, encodeURIComponent(canary), JSON.stringify(canary).slice(1, -1), ...jwtParts];
}

/** The lines of `text` that hold the canary in any spelling and in any case. */
export function findCanary(text: string, canary: string): readonly string[] {
  const wanted = spellings(canary).map((spelling) => spelling.toLowerCase());
  return text.split('\n').filter((line) => wanted.some((spelling) => line.toLowerCase().includes(spelling)));
}
