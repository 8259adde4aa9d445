import {
  createSecretKeySource,
  createTokenVerifier,
  type IssuerConfig,
  type KeySource,
} from '@gatehouse/auth';
import { observe, type Invocation } from '@gatehouse/observability';
import { createSecretReader } from './adapters/secrets-manager.ts';
import { readTokenConfig } from './config.ts';
import type { AuthorizerResult, Report } from './create-authorizer.ts';
import { reportTo } from './report-to.ts';
import { createTokenAuthorizer } from './token/token-authorizer.ts';

type Authorizer = (event: unknown, report: (report: Report) => void) => Promise<AuthorizerResult>;

const clock = Date.now;
const readSecret = createSecretReader();

function keysOf(issuer: IssuerConfig): KeySource {
  if (issuer.keys.kind === 'jwks') throw new TypeError('AUTH_CONFIG: jwksUri is not supported yet');
  return createSecretKeySource({
    secretArn: issuer.keys.secretArn,
    kid: issuer.keys.kid,
    algorithms: issuer.algorithms,
    readSecret,
    clock,
  });
}

function createToken(): Authorizer | undefined {
  const config = readTokenConfig();
  return config && createTokenAuthorizer(config, createTokenVerifier(config, { keysOf, clock }));
}

/** A bundle serves several authorizers; one whose variable is not set fails when it is called, by that name. */
function handler(authorizer: Authorizer | undefined, variable: string) {
  return observe(
    (event: unknown, _context, invocation: Invocation) => {
      if (authorizer === undefined) throw new TypeError(`${variable} is not set`);
      return authorizer(event, reportTo(invocation));
    },
    { service: 'authorizer' },
  );
}

/** Lambda authorizer for bearer tokens: REST TOKEN and REQUEST, HTTP API 1.0 and 2.0 events. */
export const token = handler(createToken(), 'AUTH_CONFIG');
