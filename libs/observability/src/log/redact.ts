/** What stands in the place of a secret. */
export const redacted = '[redacted]';

/**
 * Names whose values never reach a log, whatever they hold. Compared without case, `-`, `_`, `.` and spaces, so
 * `X-Api-Key`, `apiKey` and `api_key` are one name.
 */
const secretName =
  /authorization|cookie|passw(?:or)?d|passphrase|secret|token|signature|credential|apikey|privatekey|signingkey|accesskey|encryptionkey|email|otp$|^codeverifier$|^assertion$|^jwt$|^pin$/;

/** What was said of names before: code names its fields again and again. Bounded, for some names come from strangers. */
const knownNames = new Map<string, boolean>();
const knownNamesLimit = { count: 500, characters: 64 };

/** True when values under this name are withheld. */
export function isSecretName(name: string): boolean {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const secret = secretName.test(name.toLowerCase().replace(/[-_. ]/g, ''));
  if (name.length <= knownNamesLimit.characters) {
    if (knownNames.size >= knownNamesLimit.count) knownNames.clear();
    knownNames.set(name, secret);
  }
  return secret;
}

/** Secrets that are known by their form, wherever they stand in a text; a test holds `maybeSecret` to them. */
export const secretForms: readonly RegExp[] = [
  // JSON Web Tokens, signed or encrypted: `eyJ` is `{"` in base64url.
  /\beyJ[\w-]{5,}\.[\w-]*\.[\w-]*(?:\.[\w-]*\.[\w-]*)?/g,
  // Authorization schemes (RFC 9110 11.4).
  /\b(?:Bearer|Basic|Digest|Negotiate)\s+[\w.~+/=-]{6,}/gi,
  // SigV4: the header's signature and the query's, and the session token.
  /\bSignature=[0-9a-f]{64}/gi,
  /\bX-Amz-(?:Signature|Security-Token|Credential)=[^&\s"']+/gi,
  // Access key ids, AWS Identity and Access Management user guide, "Unique identifiers".
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}/g,
  // PEM private keys.
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // Providers' own marks: Standard Webhooks, Stripe, GitHub, Slack.
  /\bwhsec_[\w+/=-]+/g,
  /\b(?:sk|rk|pk)_(?:live|test)_\w+/g,
  /\b(?:gh[pousr]_\w{16,}|github_pat_\w+)/g,
  /\bxox[abeoprs]-[\w-]+/g,
  // Webhook signatures: GitHub `sha256=`, Slack `v0=`, Standard Webhooks `v1,` and Stripe `v1=`.
  /\b(?:sha(?:1|256)|v0|v1)=[0-9a-f]{40,}/gi,
  /\bv1a?,[\w+/]{40,}={0,2}/g,
  // Secrets in a query string or a form.
  /\b(?:access_token|refresh_token|id_token|client_secret|password|api_?key|code|token|secret|signature)=[^&\s"']+/gi,
  // Members of a JSON text that was logged as a string.
  /"(?:password|secret|token|access_token|refresh_token|id_token|client_secret|authorization|cookie|api_?key|k|d)"\s*:\s*"(?:[^"\\]|\\.)*"?/gi,
  // The piece of a text that JSON.parse quotes in its error, when what it was given is no JSON.
  /(?:\.{3})?"[\s\S]{0,64}?"(?:\.{3})? is not valid JSON/g,
  // Mail addresses, in URLs too. The local part is bounded, so that the search stays linear.
  /[\w.!#$%&'*+/=?^`{|}~-]{1,64}(?:@|%(?:25){0,3}40)[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,24}/gi,
];

/** A sign that is in every text that one of the forms matches, and in few others: those are not searched form by form. */
const maybeSecret =
  /[=@]|"\s*:|%(?:25){0,3}40|is not valid JSON|-----BEGIN|eyJ|(?:bearer|basic|digest|negotiate)\s|A(?:KIA|SIA|ROA|IDA)|whsec_|[srp]k_(?:live|test)_|gh[pousr]_|github_pat_|xox|v1a?,/i;

/** Characters that could forge a line or hide text in a terminal: C1 controls, line separators, bidi controls, BOM. */
const unprintable = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A text without the secrets that are known by their form, and without characters that could forge a log line.
 * Line feeds and other C0 controls stay: JSON escapes them.
 */
export function redactText(text: string): string {
  let clean = text;
  if (maybeSecret.test(text)) {
    for (const form of secretForms) clean = clean.replace(form, redacted);
  }
  return clean.replace(unprintable, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
