import type { JWTPayload } from 'jose';
import type { HttpJwtAuthorizerModel } from '../../model/app-model.ts';
import type { HttpCaller, RoutedHttpCall } from './http-call.ts';
import { HttpRefusal } from './http-refusal.ts';
import { httpIdentityValues } from './identity-values.ts';
import type { IssuerKeys } from './issuer-keys.ts';

/** API Gateway takes RSA signatures alone. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

export interface JwtDemand {
  readonly authorizer: HttpJwtAuthorizerModel;
  readonly scopes: readonly string[];
  readonly issuerKeys: IssuerKeys;
}

/**
 * An HTTP API's own JWT authorizer. `Bearer` before the token is optional.
 *
 * @throws HttpRefusal 401 for a token that is missing or bad, 403 for one without any of the route's scopes.
 */
export async function verifyJwt(call: RoutedHttpCall, demand: JwtDemand): Promise<HttpCaller> {
  const { authorizer, scopes } = demand;
  const [identity] = httpIdentityValues(call, authorizer.identitySources);
  if (identity === undefined || typeof identity === 'string') {
    throw unauthorized(`the identity source ${identity ?? ''} is missing or empty`, 'Bearer');
  }
  const claims = await readClaims(call, identity.value.replace(/^Bearer\s+/i, ''), demand);
  const { aud, client_id: clientId } = claims;
  const audiences = aud === undefined ? [clientId] : [aud].flat();
  if (!audiences.some((audience) => authorizer.audience.includes(String(audience)))) {
    throw invalidToken('the token does not have a valid audience');
  }
  const granted = readScopes(claims);
  if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) {
    throw new HttpRefusal(403, {
      step: 'authorizer',
      reason: `the token has none of the scopes ${scopes.join(' ')}`,
      detail: { authorizer: authorizer.name },
    });
  }
  return { kind: 'jwt', claims: toTexts(claims), scopes: scopes.length === 0 ? null : scopes };
}

async function readClaims(call: RoutedHttpCall, token: string, demand: JwtDemand): Promise<JWTPayload> {
  const { createLocalJWKSet, errors, jwtVerify } = await import('jose');
  const { issuer } = demand.authorizer;
  const keys = await demand.issuerKeys(issuer).catch((error: unknown) => {
    throw unauthorized(`the issuer's keys cannot be had: ${String(error)}`, 'Bearer');
  });
  try {
    const options = { issuer, algorithms: ALGORITHMS, currentDate: new Date(call.startedAtMs) };
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), options);
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw invalidToken('the token has expired');
    if (error instanceof errors.JOSEError) throw invalidToken(error.message);
    throw error;
  }
}

function readScopes(claims: JWTPayload): readonly string[] {
  const value = claims['scope'] ?? claims['scp'];
  if (typeof value === 'string') return value.split(' ');
  return Array.isArray(value) ? value.map(String) : [];
}

/** Every claim is a string in the event; a list is `[a b]`. */
function toTexts(claims: JWTPayload): Record<string, string> {
  const toText = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(toText).join(' ')}]`;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, toText(value)]));
}

function invalidToken(description: string): HttpRefusal {
  const text = description.replaceAll('"', "'");
  return unauthorized(description, `Bearer scope="" error="invalid_token" error_description="${text}"`);
}

function unauthorized(reason: string, challenge: string): HttpRefusal {
  return new HttpRefusal(401, {
    step: 'authorizer',
    reason,
    headers: [['www-authenticate', challenge]],
    hasContentType: false,
  });
}
