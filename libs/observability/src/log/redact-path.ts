import { isSecretName, redacted, redactText } from './redact.ts';

/** A path of this length and more is cut when it is written. */
const longestPath = 1_024;

/** Up to 19 plain characters: names, versions, numbers. API keys and tokens have 20 and more. */
const short = /^[\w.~-]{0,19}$/;
/** Words of a route, however long: without digits and capitals nothing random is as long. */
const words = /^[a-z]+(?:[-_.][a-z]+)*$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What stands in paths between others: words, versions, numbers and dates. */
const routine = /^(?:[A-Z]?[a-z]+(?:[-_.][A-Z]?[a-z]+)*|v\d+|[\d.-]+)$/;
/** Neighbours that are not routine may be one secret: base64 has slashes, which cut it into short segments. */
const shortestSecret = 20;

/**
 * What a log may hold of a request's path. A segment stays as it is when it is short and plain, a word of a route, or a UUID, and neither has
 * a form of `redactText`, nor stands behind the name of a secret (`/password-resets/{token}`), nor makes 20 characters and more with neighbours of
 * its kind. Any other, be it an address, a token, a key or a signature, in whatever encoding, is withheld as a whole; the route says
 * what stood there.
 *
 * @param path as the front gives it: REST and HTTP APIs decode it, function URLs do not.
 */
export function redactPath(path: string): string {
  let afterSecretName = false;
  const segments = path.split('/');
  const clean = segments.map((segment) => {
    const withheld = segment !== '' && (afterSecretName || !isPlain(segment));
    afterSecretName = isSecretName(decodeAscii(segment));
    return withheld ? redacted : segment;
  });
  withholdRuns(segments, clean);
  return clean.join('/').slice(0, longestPath);
}

/** Withholds every run of segments that are not routine and are as long together as a secret is. */
function withholdRuns(segments: readonly string[], clean: string[]): void {
  for (let start = 0; start < segments.length; start += 1) {
    let end = start;
    while (isRandom(segments[end])) end += 1;
    // One that stands alone has been judged by itself.
    const isSecret = end - start > 1 && segments.slice(start, end).join('/').length >= shortestSecret;
    if (isSecret) clean.fill(redacted, start, end);
    start = end;
  }
}

function isRandom(segment = ''): boolean {
  return segment !== '' && !routine.test(segment) && !uuid.test(segment);
}

function isPlain(segment: string): boolean {
  const known = short.test(segment) || words.test(segment) || uuid.test(segment);
  return known && redactText(segment) === segment;
}

/** Escapes of letters can hide the name of a secret. */
function decodeAscii(segment: string): string {
  return segment.replace(/%([0-7][0-9a-f])/gi, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
