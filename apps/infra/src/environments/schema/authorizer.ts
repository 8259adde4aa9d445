import * as v from 'valibot';
import { addressRange } from './address-range.ts';
import { introspection, issuer } from './issuers.ts';
import { distinct, distinctOrNone, visibleText, wholeNumber } from './values.ts';

const scope = v.pipe(
  v.string(),
  v.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be a scope (RFC 6749 section 3.3)'),
);

const IDENTITY_SOURCE = /^(header|query|stageVariable|context)\.[\w.-]+$/;

const requestRules = v.strictObject({
  allowedAddresses: distinct(addressRange),
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
  /** The header that the key comes in. Default x-api-key. */
  apiKeyHeader: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/, "must be a header's name in lower case")),
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
   * source address and the credential (the key's header, or Authorization) always are. The token kind has the Authorization header alone.
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
  /** Token ids (`jti`) that are refused at once: an emergency brake. Keep it short: a function's variables are 4 KB together. */
  revokedTokenIds: v.optional(distinctOrNone(visibleText)),
  issuers: distinct(issuer),
  introspection: v.optional(introspection),
  /** For `request`: where a request may come from, and what it has to show besides. */
  request: v.optional(requestRules),
});
