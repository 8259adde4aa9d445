import * as v from 'valibot';
import { cidr, distinct, distinctOrNone, httpsUrl, wholeNumber } from './values.ts';

const scope = v.pipe(
  v.string(),
  v.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be a scope (RFC 6749 section 3.3)'),
);

const issuer = v.strictObject({
  issuer: httpsUrl,
  algorithms: distinct(
    v.picklist(['HS256', 'HS384', 'HS512', 'RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA']),
  ),
  /** `internal`: this environment's own generated secret. Else the address of the issuer's key set. */
  keys: v.union([v.literal('internal'), v.strictObject({ jwksUri: httpsUrl })]),
  /** Accepted `typ` header values; null: may be absent. */
  typ: distinct(v.nullable(v.string())),
  audience: distinct(v.string()),
  audienceClaim: v.optional(v.string()),
  tokenUse: v.optional(v.string()),
  scopeClaim: v.optional(v.string()),
  clockToleranceSeconds: wholeNumber(0, 300),
});

/** Who is asked about bearer tokens that are no JWT (RFC 7662); docs/deployment.md says where the client's secret goes. */
const introspection = v.strictObject({
  /** The issuer that the endpoint speaks for. */
  issuer: httpsUrl,
  endpoint: httpsUrl,
  clientId: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,255}$/, 'must be visible ASCII')),
  /** Absent: the endpoint tells no audience, and answers for this client's tokens alone. */
  audience: v.optional(distinct(v.string())),
  audienceClaim: v.optional(v.string()),
  scopeClaim: v.optional(v.string()),
  clockToleranceSeconds: wholeNumber(0, 300),
  /** How long an answer is held, and so how long a revocation may go unseen; the authorizer's own cache comes on top. */
  cacheSeconds: wholeNumber(0, 3600),
});

const IDENTITY_SOURCE = /^(header|query|stageVariable|context)\.[\w.-]+$/;

const requestRules = v.strictObject({
  allowedAddresses: distinct(cidr),
  /** Absent: a token of one of the issuers. Keys are known by their SHA-256, in hex: no key stands here. */
  apiKeys: v.optional(
    distinct(
      v.strictObject({
        id: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/)),
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')),
        scopes: v.array(scope),
      }),
    ),
  ),
});

/** Who asks which function about a caller, and for how long an answer holds. */
export const authorizerSettings = v.strictObject({
  /** `token`: the Authorization header's bearer token. `request`: the whole request, such as an address and an API key. */
  kind: v.picklist(['token', 'request']),
  /** 0 turns the cache off. */
  ttlSeconds: wholeNumber(0, 3600),
  /**
   * For `request`: what else has to be there before the function is asked, and is part of what its answer is cached under. The
   * source address and the credential (x-api-key, or Authorization) always are. The token kind has the Authorization header alone.
   */
  identitySources: v.optional(
    distinct(
      v.pipe(
        v.string(),
        v.regex(
          IDENTITY_SOURCE,
          'must be header.<name>, query.<name>, stageVariable.<name> or context.<name>',
        ),
      ),
    ),
  ),
  /** HTTP API: answer `{isAuthorized, context}` instead of a policy. */
  simpleResponses: v.boolean(),
  maxTokenBytes: wholeNumber(256, 10_240),
  /** A token with none of these scopes is denied. Absent: those that the contract's operations ask for, but internal ones. Empty: not asked. */
  anyScope: v.optional(distinctOrNone(scope)),
  issuers: distinct(issuer),
  introspection: v.optional(introspection),
  /** For `request`: where a request may come from, and what it has to show besides. */
  request: v.optional(requestRules),
});
