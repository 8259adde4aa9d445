import * as v from 'valibot';
import { distinct, visibleText, wholeNumber } from './values.ts';

/** Compared with a token's `iss` as it is; often an https URL, but not with every provider. `#` separates issuer and subject. */
const issuerId = v.pipe(
  v.string(),
  v.regex(/^[\x21\x22\x24-\x7e]{1,255}$/, 'must be visible ASCII without "#"'),
);

const documentUrl = v.pipe(
  v.string(),
  v.check(isDocumentUrl, 'must be an https URL without user or fragment'),
);

/** Of a secret that people put into Secrets Manager. */
const secretName = v.pipe(
  v.string(),
  v.regex(/^[\w/+=.@-]{1,256}$/, 'must be the name of a secret, such as gatehouse/prod/partner-key'),
);

/** One issuer of tokens that are trusted: an entry of AUTH_CONFIG (libs/auth), whose defaults hold for what is absent. */
export const issuer = v.strictObject({
  issuer: issuerId,
  algorithms: distinct(
    v.picklist([
      'HS256',
      'HS384',
      'HS512',
      'RS256',
      'RS384',
      'RS512',
      'PS256',
      'PS384',
      'PS512',
      'ES256',
      'ES384',
      'ES512',
      'EdDSA',
      'Ed25519',
    ]),
  ),
  /**
   * `internal`: this environment's own generated secret. Else the address of the issuer's key set; or the name of a secret that is shared
   * with the issuer, and the key id that its tokens name where the secret itself carries none.
   */
  keys: v.union([
    v.literal('internal'),
    v.strictObject({ jwksUri: documentUrl }),
    v.strictObject({ secretName, kid: v.optional(visibleText) }),
  ]),
  /** Accepted `typ` header values; null: may be absent. Default at+jwt alone. */
  typ: v.optional(distinct(v.nullable(visibleText))),
  audience: distinct(visibleText),
  /** Default `aud`. */
  audienceClaim: v.optional(visibleText),
  /** What `token_use` must be (Cognito). */
  tokenUse: v.optional(visibleText),
  /** Default `scope`. */
  scopeClaim: v.optional(visibleText),
  /** Default 60. */
  clockToleranceSeconds: v.optional(wholeNumber(0, 300)),
  /** The longest accepted `exp - iat`. Default a day. */
  maxLifetimeSeconds: v.optional(wholeNumber(0, 31_536_000)),
});

/** Who is asked about bearer tokens that are no JWT (RFC 7662); docs/deployment.md says where the client's secret goes. */
export const introspection = v.strictObject({
  /** The issuer that the endpoint speaks for. */
  issuer: issuerId,
  endpoint: documentUrl,
  clientId: visibleText,
  /** Absent: the endpoint tells no audience, and answers for this client's tokens alone. */
  audience: v.optional(distinct(visibleText)),
  audienceClaim: v.optional(visibleText),
  scopeClaim: v.optional(visibleText),
  /** Default 60. */
  clockToleranceSeconds: v.optional(wholeNumber(0, 300)),
  /** How long an answer is held, and so how long a revocation may go unseen; the authorizer's own cache comes on top. Default 60. */
  cacheSeconds: v.optional(wholeNumber(0, 3600)),
});

function isDocumentUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === '';
}
