/** Where a request goes, by its request line. */
export interface RequestTarget {
  /** Percent-encoded, beginning with `/`. */
  readonly path: string;
  /** Without the question mark. */
  readonly rawQuery: string;
}

/**
 * Splits a request target (RFC 9112 section 3.2) in origin form (`/a?b`) or absolute form (`http://host/a?b`).
 * Bytes outside printable ASCII are percent-encoded, a fragment is cut off.
 *
 * @returns undefined for the authority and asterisk forms, which name nothing that a gateway serves.
 */
export function parseRequestTarget(target: string): RequestTarget | undefined {
  const origin = target.startsWith('/') ? target : originForm(target);
  if (origin === undefined) return undefined;
  const fragment = origin.indexOf('#');
  const whole = encodeStrayBytes(fragment < 0 ? origin : origin.slice(0, fragment));
  const question = whole.indexOf('?');
  return question < 0
    ? { path: whole, rawQuery: '' }
    : { path: whole.slice(0, question), rawQuery: whole.slice(question + 1) };
}

function originForm(target: string): string | undefined {
  const authority = /^https?:\/\/[^/?#]+/i.exec(target);
  if (authority === null) return undefined;
  const rest = target.slice(authority[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** node:http gives the bytes of the request line as Latin-1 characters, one each. */
function encodeStrayBytes(text: string): string {
  if (/^[\x21-\x7e]*$/.test(text)) return text;
  return text.replace(
    /[^\x21-\x7e]/g,
    (character) => `%${(character.charCodeAt(0) & 0xff).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
