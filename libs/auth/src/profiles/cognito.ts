import type { IssuerEntry } from './issuer-profile.ts';

/** One Amazon Cognito user pool. */
export interface CognitoPool {
  readonly region: string;
  readonly userPoolId: string;
  /** The app clients whose tokens are accepted. */
  readonly clientIds: readonly string[];
}

/**
 * Access tokens of an Amazon Cognito user pool. They have no `typ` and no `aud`: the app client is in `client_id`, and
 * `token_use` tells them from ID tokens. They live a day at most.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export function cognitoIssuer({ region, userPoolId, clientIds }: CognitoPool): IssuerEntry {
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
  return {
    issuer,
    algorithms: ['RS256'],
    jwksUri: `${issuer}/.well-known/jwks.json`,
    typ: [null],
    audience: [...clientIds],
    audienceClaim: 'client_id',
    tokenUse: 'access',
    scopeClaim: 'scope',
    maxLifetimeSeconds: 86_400,
  };
}
