import { isSecretName, redacted, redactText } from './redact.ts';

/** A path of this length and more is cut when it is written. */
const longestPath = 1_024;

/** A sign that a segment may hold a secret: a character that ids do not have, the beginning of a form, or its length. */
const maybeSecret = /[^\w~.+-]|_|eyJ|[\w~.+-]{40}|AKIA|ASIA|AROA|AIDA|xox/;

/** Longer than a UUID, and made of what tokens and digests are made of, with letters and digits. */
const opaque = /^(?=.*\d)(?=.*[A-Za-z])[\w~.+-]{40,}=*$/;

/**
 * A request's path without the secrets that a client may have put into it. A segment is withheld as a whole when it holds
 * one of the forms of `redactText`, however often it is percent-encoded; when it is as long and as opaque as a token; and
 * when the segment before it names a secret (`/password-resets/{token}`). Ids up to the length of a UUID stay.
 *
 * @param path as the front gives it: REST and HTTP APIs decode it, function URLs do not.
 */
export function redactPath(path: string): string {
  const segments = path.split('/');
  let afterSecretName = false;
  const clean = segments.map((segment) => {
    const text = segment.includes('%') ? decodeFully(segment) : segment;
    const withheld = segment !== '' && (afterSecretName || holdsSecret(text));
    afterSecretName = isSecretName(text) && !text.includes('=');
    return withheld ? redacted : segment;
  });
  return clean.join('/').slice(0, longestPath);
}

function holdsSecret(text: string): boolean {
  return maybeSecret.test(text) && (opaque.test(text) || redactText(text) !== text);
}

/** Undoes escapes of ASCII, and escapes of escapes; others stay, and so does what is escaped more than four times. */
function decodeFully(segment: string): string {
  let text = segment;
  for (let layer = 0; layer < 4; layer++) {
    const decoded = text.replace(/%([0-7][0-9a-f])/gi, (_escape, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (decoded === text) return text;
    text = decoded;
  }
  return text;
}
