import { AwsServiceError } from '../aws/aws-service-error.ts';
import { createAwsJsonClient, type AwsClientOptions } from '../aws/aws-json-client.ts';
import { ClientsError } from '../errors.ts';
import type { ParameterStore, SecretStore } from './secret-store.ts';

const secretsManager = {
  name: 'secretsmanager',
  title: 'SecretsManager',
  targetPrefix: 'secretsmanager',
  protocol: '1.1',
} as const;

const systemsManager = { name: 'ssm', title: 'SSM', targetPrefix: 'AmazonSSM', protocol: '1.1' } as const;

/** Reads secrets from Secrets Manager, by one signed `GetSecretValue` each. Put a `createSecretCache` before it. */
export function secretStore(options: AwsClientOptions = {}): SecretStore {
  const call = createAwsJsonClient(secretsManager, options);
  return {
    async read(id, { versionStage = 'AWSCURRENT', signal } = {}) {
      try {
        const output = await call({
          operation: 'GetSecretValue',
          input: { SecretId: id, VersionStage: versionStage },
          idempotent: true,
          signal,
        });
        const { SecretString, VersionId } = output as { SecretString?: unknown; VersionId?: unknown };
        if (typeof SecretString !== 'string') throw unusable(`the secret ${id} holds no text`);
        return { value: SecretString, versionId: String(VersionId) };
      } catch (error) {
        if (!isNotFound(error, 'ResourceNotFoundException')) throw error;
        if (versionStage !== 'AWSCURRENT') return undefined;
        throw unusable(`there is no secret ${id}`, error);
      }
    },
  };
}

/** Reads parameters of Systems Manager, secure ones decrypted, by one signed `GetParameter` each. */
export function parameterStore(options: AwsClientOptions = {}): ParameterStore {
  const call = createAwsJsonClient(systemsManager, options);
  return {
    async read(name, { signal } = {}) {
      try {
        const output = await call({
          operation: 'GetParameter',
          input: { Name: name, WithDecryption: true },
          idempotent: true,
          signal,
        });
        const { Parameter } = output as { Parameter?: { Value?: unknown; Version?: unknown } };
        if (typeof Parameter?.Value !== 'string') throw unusable(`the parameter ${name} has no value`);
        return { value: Parameter.Value, versionId: String(Parameter.Version) };
      } catch (error) {
        if (isNotFound(error, 'ParameterNotFound')) throw unusable(`there is no parameter ${name}`, error);
        throw error;
      }
    },
  };
}

function isNotFound(error: unknown, name: string): boolean {
  return error instanceof AwsServiceError && error.name === name;
}

function unusable(message: string, cause?: unknown): ClientsError {
  return new ClientsError('CLIENTS_SECRET_UNUSABLE', message, { cause });
}
