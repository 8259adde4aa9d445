import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledgements.ts';
import type { Operation } from '../contract/operation.ts';
import { findBundle } from '../bundles.ts';
import { removalPolicyOf, ServiceFunction } from '../constructs/service-function.ts';
import { tokenSigningKeyName } from '../names.ts';
import { authConfig, hasInternalIssuer, requestAuthConfig } from './auth-config.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';

export interface AuthorizerStackProps extends PartStackProps {
  /** Their scopes are those of which a caller needs one, unless the environment names others. */
  readonly operations: readonly Operation[];
}

/** The authorizer of every API, and the key of the environment's own issuer where it has one. */
export class AuthorizerStack extends PartStack {
  constructor(scope: Construct, props: AuthorizerStackProps) {
    super(scope, 'Authorizer', props);
    const environment = this.settings;
    const { kind } = environment.authorizer;
    const signingKey = hasInternalIssuer(environment) ? this.#signingKey() : undefined;
    const sources = { signingKeyArn: signingKey?.secretArn, operations: props.operations };
    const authorizer = new ServiceFunction(this, 'Authorizer', {
      environment,
      role: 'authorizer',
      service: 'authorizer',
      bundle: findBundle(props.bundles, 'authorizer', ['main.cjs']),
      // The bundle's exports are named after the kinds.
      handler: `main.${kind}`,
      settings: environment.functions.authorizer,
      variables: {
        AUTH_CONFIG: this.toJsonString(authConfig(environment, sources)),
        ...(kind === 'request' && {
          REQUEST_AUTH_CONFIG: this.toJsonString(requestAuthConfig(environment, sources)),
        }),
      },
    });
    this.publish('authorizerArn', authorizer.targetArn);
    const secrets = this.tokenSecrets(signingKey?.secretArn);
    if (secrets.length > 0) authorizer.allow(['secretsmanager:GetSecretValue'], secrets);
    if (signingKey !== undefined) {
      this.publish('tokenSigningKeyArn', signingKey.secretArn);
      this.#publishDevelopmentIssuer(signingKey);
    }
  }

  /** What `npm run token` needs to sign a token for the environment's own issuer: names alone, and where the key lies. */
  #publishDevelopmentIssuer({ secretArn: keyArn }: Secret): void {
    const own = this.settings.authorizer.issuers.find(({ keys }) => keys === 'internal');
    if (own === undefined) return;
    const { issuer, audience } = own;
    this.publish('developmentIssuer', this.toJsonString({ issuer, audience: audience[0], keyArn }));
  }

  /**
   * A JWK (RFC 7517) whose `k` Secrets Manager makes: 64 letters and digits are base64url of 48 bytes, more than the 32 that
   * HS256 needs (RFC 7518 3.2). No person and no template ever sees it.
   */
  #signingKey(): Secret {
    const { name } = this.settings;
    const secret = new Secret(this, 'TokenSigningKey', {
      secretName: tokenSigningKeyName(name),
      description: `Signs the tokens of Gatehouse ${name}'s own issuer (a JWK)`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ kty: 'oct', kid: `${name}-1` }),
        generateStringKey: 'k',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: removalPolicyOf(this.settings),
    });
    acknowledge(secret, 'AwsSolutions-SMG4');
    return secret;
  }
}
