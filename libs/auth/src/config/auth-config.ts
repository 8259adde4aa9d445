import * as v from 'valibot';
import { AuthError } from '../errors.ts';
import { isScope } from '../principal/scopes.ts';
import { ALGORITHMS, isSymmetric, type Algorithm } from '../token/algorithms.ts';
import { mediaSubtype } from '../token/token-header.ts';

/** Where an issuer's keys come from: exactly one of the two. */
export type KeyLocation =
  /** An HMAC secret in Secrets Manager: a JWK of type `oct`, or a plain string taken as its UTF-8 bytes. */
  | { readonly kind: 'secret'; readonly secretArn: string; readonly kid: string | undefined }
  /** A JWK Set behind an https URL. */
  | { readonly kind: 'jwks'; readonly jwksUri: string };

/** One token issuer that the API trusts, defaults filled in. */
export interface IssuerConfig {
  /** Compared with `iss` as it is: no normalisation, a final slash counts. */
  readonly issuer: string;
  readonly algorithms: readonly Algorithm[];
  readonly keys: KeyLocation;
  /** Accepted `typ`s, lower case and without `application/`; null among them: it may be absent. */
  readonly typ: readonly (string | null)[];
  /** Accepted values of the audience claim; a token needs one of them. */
  readonly audience: readonly string[];
  readonly audienceClaim: string;
  /** The value that `token_use` must have (Cognito); undefined: the claim is not looked at. */
  readonly tokenUse: string | undefined;
  readonly scopeClaim: string;
  readonly clockToleranceSeconds: number;
  /** The longest accepted `exp - iat`. */
  readonly maxLifetimeSeconds: number;
}

/** An endpoint that tells who an opaque token speaks for (RFC 7662). */
export interface IntrospectionConfig {
  /** The issuer that the endpoint speaks for; the issuer of the principals. */
  readonly issuer: string;
  readonly endpoint: string;
  readonly clientId: string;
  /** The client's secret in Secrets Manager, a plain string. */
  readonly secretArn: string;
  /** Accepted audiences; empty: the endpoint tells no audience, and answers for this client's tokens alone. */
  readonly audience: readonly string[];
  readonly audienceClaim: string;
  readonly scopeClaim: string;
  readonly clockToleranceSeconds: number;
  /** How long an answer is held, and so how long a revocation may go unseen. */
  readonly cacheSeconds: number;
}

/** What a verifier accepts. Frozen. */
export interface AuthConfig {
  readonly issuers: readonly IssuerConfig[];
  /** Who is asked about bearer tokens that are no JWT; undefined: they are refused. */
  readonly introspection: IntrospectionConfig | undefined;
  /** A larger token is refused before anything reads it. */
  readonly maxTokenBytes: number;
  /** The scopes of this API. A caller with none of them has no business here: Deny. Empty: not asked. */
  readonly anyScope: readonly string[];
  /** Token ids (`jti`) that are refused at once: an emergency brake, kept short. */
  readonly revokedTokenIds: readonly string[];
  /** Answer HTTP API 2.0 events in the simple format; the authorizer must be deployed so. Other events get a policy. */
  readonly simpleResponses: boolean;
}

/** RFC 9068 section 2.1. */
const DEFAULT_TYP = ['at+jwt'];
const DEFAULT_TOLERANCE_SECONDS = 60;
const DEFAULT_MAX_LIFETIME_SECONDS = 86_400;
const DEFAULT_INTROSPECTION_CACHE_SECONDS = 60;
/** API Gateway caps all headers together at 10,240 bytes. */
const DEFAULT_MAX_TOKEN_BYTES = 7_168;

const text = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,2048}$/, 'must be visible ASCII'));
/** Without a fragment (RFC 8414 section 2), since `#` separates issuer and subject. */
const issuerId = v.pipe(
  v.string(),
  v.regex(/^[\x21\x22\x24-\x7e]{1,255}$/, 'must be visible ASCII without "#"'),
);
const scope = v.pipe(
  v.string(),
  v.check((value: string) => isScope(value), 'must be a scope (RFC 6749 section 3.3)'),
);
const httpsUrl = v.pipe(v.string(), v.check(isHttpsUrl, 'must be an https URL without user or fragment'));
const nonEmpty = <S extends v.GenericSchema>(schema: S) =>
  v.pipe(v.array(schema), v.nonEmpty('must not be empty'));
const seconds = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(max));
const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(256), v.maxValue(10_240));

const issuerSchema = v.pipe(
  v.strictObject({
    issuer: issuerId,
    algorithms: nonEmpty(v.picklist(Object.keys(ALGORITHMS) as Algorithm[])),
    secretArn: v.optional(text),
    jwksUri: v.optional(httpsUrl),
    kid: v.optional(text),
    typ: v.optional(nonEmpty(v.nullable(text)), DEFAULT_TYP),
    audience: nonEmpty(text),
    audienceClaim: v.optional(text, 'aud'),
    tokenUse: v.optional(text),
    scopeClaim: v.optional(text, 'scope'),
    clockToleranceSeconds: v.optional(seconds(300), DEFAULT_TOLERANCE_SECONDS),
    maxLifetimeSeconds: v.optional(seconds(31_536_000), DEFAULT_MAX_LIFETIME_SECONDS),
  }),
  v.check(
    (entry) => (entry.secretArn === undefined) !== (entry.jwksUri === undefined),
    'needs secretArn or jwksUri',
  ),
  // A key set that is public must never be able to verify a shared-secret signature, nor the other way round.
  v.check(
    (entry) => entry.algorithms.every((name) => isSymmetric(name) === (entry.secretArn !== undefined)),
    'algorithms must be HS* with secretArn, and never HS* with jwksUri',
  ),
  v.check((entry) => entry.kid === undefined || entry.secretArn !== undefined, 'kid goes with secretArn'),
  v.transform(toIssuer),
);

const introspectionSchema = v.strictObject({
  issuer: issuerId,
  endpoint: httpsUrl,
  clientId: text,
  secretArn: text,
  audience: v.optional(v.array(text), []),
  audienceClaim: v.optional(text, 'aud'),
  scopeClaim: v.optional(text, 'scope'),
  clockToleranceSeconds: v.optional(seconds(300), DEFAULT_TOLERANCE_SECONDS),
  cacheSeconds: v.optional(seconds(3_600), DEFAULT_INTROSPECTION_CACHE_SECONDS),
});

/** The schema of AUTH_CONFIG; also part of the request authorizer's. */
export const authConfigSchema = v.strictObject({
  issuers: v.pipe(
    nonEmpty(issuerSchema),
    v.check(
      (entries) => new Set(entries.map(({ issuer }) => issuer)).size === entries.length,
      'names an issuer twice',
    ),
  ),
  introspection: v.optional(introspectionSchema),
  maxTokenBytes: v.optional(bytes, DEFAULT_MAX_TOKEN_BYTES),
  anyScope: v.optional(v.array(scope), []),
  revokedTokenIds: v.optional(v.array(text), []),
  simpleResponses: v.optional(v.boolean(), false),
});

/** The JSON that {@link parseAuthConfig} reads. */
export type AuthConfigInput = v.InferInput<typeof authConfigSchema>;

/**
 * Parses the authorization configuration (the environment variable AUTH_CONFIG). Unknown members are errors, so that a
 * misspelt rule is not silently left out.
 *
 * @throws AuthError `AUTH_CONFIG_INVALID`; its detail names the member and the rule.
 */
export function parseAuthConfig(json: string): AuthConfig {
  return deepFreeze(toAuthConfig(readJson(json, authConfigSchema)));
}

/** The parsed configuration with every member there, as {@link AuthConfig} has them. */
export function toAuthConfig(parsed: v.InferOutput<typeof authConfigSchema>): AuthConfig {
  return { ...parsed, introspection: parsed.introspection };
}

/**
 * Parses JSON by a schema.
 * @throws AuthError `AUTH_CONFIG_INVALID`, naming the first member that breaks a rule.
 */
export function readJson<S extends v.GenericSchema>(json: string, schema: S): v.InferOutput<S> {
  let input: unknown;
  try {
    input = JSON.parse(json);
  } catch {
    throw new AuthError('AUTH_CONFIG_INVALID', { detail: 'not JSON' });
  }
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new AuthError('AUTH_CONFIG_INVALID', {
    detail: `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`,
  });
}

interface IssuerInput {
  readonly issuer: string;
  readonly algorithms: Algorithm[];
  readonly secretArn?: string | undefined;
  readonly jwksUri?: string | undefined;
  readonly kid?: string | undefined;
  readonly typ: (string | null)[];
  readonly audience: string[];
  readonly audienceClaim: string;
  readonly tokenUse?: string | undefined;
  readonly scopeClaim: string;
  readonly clockToleranceSeconds: number;
  readonly maxLifetimeSeconds: number;
}

function toIssuer({ secretArn, jwksUri, kid, typ, tokenUse, ...entry }: IssuerInput): IssuerConfig {
  return {
    ...entry,
    keys:
      secretArn === undefined ? { kind: 'jwks', jwksUri: jwksUri ?? '' } : { kind: 'secret', secretArn, kid },
    typ: typ.map((value) => (value === null ? null : mediaSubtype(value))),
    tokenUse,
  };
}

function isHttpsUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return url.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === '';
}

/** Freezes a parsed configuration with all that it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
