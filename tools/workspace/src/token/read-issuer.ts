import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { JWK } from 'jose';
import type { HostState } from '../start/host-state.ts';
import { WorkspaceError } from '../errors.ts';
import type { DevelopmentIssuer } from './mint-token.ts';

/** Where the issuer is read: the running local host, or the dev environment of the account at hand. */
export type IssuerSource =
  | { readonly kind: 'local'; readonly state: HostState }
  | { readonly kind: 'environment'; readonly environment: string };

/** The one environment whose key a developer may hold. Others take tokens from their identity provider. */
const developmentEnvironment = 'dev';

/**
 * Reads an environment's own issuer and its signing key through the AWS SDK.
 *
 * @throws WorkspaceError `WORKSPACE_ENVIRONMENT_REFUSED` for any environment but dev, before anything is read;
 *   `WORKSPACE_NO_ISSUER` when the environment has no issuer of its own or it cannot be read.
 */
export async function readIssuer(source: IssuerSource): Promise<DevelopmentIssuer> {
  if (source.kind === 'environment' && source.environment !== developmentEnvironment) {
    throw new WorkspaceError(
      'WORKSPACE_ENVIRONMENT_REFUSED',
      `tokens are minted for the local host and for ${developmentEnvironment} alone; ` +
        `${source.environment} takes them from its identity provider`,
    );
  }
  const parameterName = `/gatehouse/${developmentEnvironment}/authorizer/development-issuer`;
  const { parameters, secrets } = createClients(source);
  try {
    const { Parameter } = await parameters.send(new GetParameterCommand({ Name: parameterName }));
    const { issuer, audience, keyArn } = JSON.parse(Parameter?.Value ?? '') as Record<string, string>;
    if (issuer === undefined || audience === undefined || keyArn === undefined) {
      throw new TypeError(`${parameterName} lacks issuer, audience or keyArn`);
    }
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: keyArn }));
    return { issuer, audience, key: JSON.parse(SecretString ?? '') as JWK };
  } catch (error) {
    throw new WorkspaceError(
      'WORKSPACE_NO_ISSUER',
      `cannot read the issuer of ${parameterName}: ${String(error)}`,
      {
        cause: error,
      },
    );
  } finally {
    parameters.destroy();
    secrets.destroy();
  }
}

/** The SDK's notice on Node versions it will drop some day says nothing about the version that is locked here. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

function createClients(source: IssuerSource): { parameters: SSMClient; secrets: SecretsManagerClient } {
  if (source.kind === 'environment')
    return { parameters: new SSMClient(), secrets: new SecretsManagerClient() };
  const { region, credentials, endpoints } = source.state.aws;
  return {
    parameters: new SSMClient({ region, credentials, endpoint: endpoints.ssm }),
    secrets: new SecretsManagerClient({ region, credentials, endpoint: endpoints.secretsManager }),
  };
}
