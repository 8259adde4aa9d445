import { apiKeyPrincipal, servicePrincipal, userPrincipal, type Principal } from './principal.ts';
import { parseScopeString } from './scopes.ts';

/**
 * What a Lambda authorizer may hand on: a flat record of strings, numbers and booleans. Nested values make API
 * Gateway fail the request.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export type AuthorizerContext = Readonly<Record<string, string | number | boolean>>;

/**
 * The principal as an authorizer's `context`; the inverse of {@link principalFromContext}.
 *
 * - user: `{ kind, issuer, sub, scope, expiresAt, clientId? }`
 * - service: `{ kind, arn, accountId, scope }`
 * - api-key: `{ kind, keyId, scope }`
 *
 * `scope` is space-separated, `expiresAt` an epoch second.
 */
export function toAuthorizerContext(principal: Principal): AuthorizerContext {
  const scope = principal.scopes.join(' ');
  switch (principal.kind) {
    case 'user':
      return {
        kind: 'user',
        issuer: principal.issuer,
        sub: principal.sub,
        scope,
        expiresAt: principal.expiresAtSeconds,
        ...(principal.clientId !== undefined && { clientId: principal.clientId }),
      };
    case 'service':
      return { kind: 'service', arn: principal.arn, accountId: principal.accountId, scope };
    case 'api-key':
      return { kind: 'api-key', keyId: principal.keyId, scope };
  }
}

/**
 * The principal in an authorizer's context: of a REST API (where every value has become a string, and
 * `principalId` and `integrationLatency` are added) or of an HTTP API (JSON types kept). Unknown members are
 * ignored. Returns undefined when the context is not one that {@link toAuthorizerContext} made.
 */
export function principalFromContext(context: Readonly<Record<string, unknown>>): Principal | undefined {
  const text = (name: string): string | undefined => textMember(context, name);
  const scopes = scopeMember(context);
  if (scopes === undefined) return undefined;

  switch (text('kind')) {
    case 'user': {
      const issuer = text('issuer');
      const sub = text('sub');
      const expiresAtSeconds = epochMember(context, 'expiresAt');
      if (issuer === undefined || sub === undefined || expiresAtSeconds === undefined) return undefined;
      return userPrincipal({ issuer, sub, scopes, clientId: text('clientId'), expiresAtSeconds });
    }
    case 'service': {
      const arn = text('arn');
      const accountId = text('accountId');
      return arn === undefined || accountId === undefined
        ? undefined
        : servicePrincipal({ arn, accountId, scopes });
    }
    case 'api-key': {
      const keyId = text('keyId');
      return keyId === undefined ? undefined : apiKeyPrincipal(keyId, scopes);
    }
    default:
      return undefined;
  }
}

function member(context: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(context, name) ? context[name] : undefined;
}

function textMember(context: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = member(context, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function scopeMember(context: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const value = member(context, 'scope');
  return typeof value === 'string' ? parseScopeString(value) : undefined;
}

/** An epoch second as a number, or as the decimal text that a REST API makes of it. */
function epochMember(context: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = member(context, name);
  const seconds = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : undefined;
}
