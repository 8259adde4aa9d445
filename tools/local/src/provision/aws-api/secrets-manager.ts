import { createHash } from 'node:crypto';
import { AwsError } from './aws-error.ts';

/** A secret that functions may read. */
export interface HeldSecret {
  readonly name: string;
  readonly arn: string;
  /** Absent for a secret that has no value yet. */
  readonly text?: string;
}

/** Reads of Secrets Manager, one version of each secret: AWSCURRENT. */
export interface SecretsManager {
  /** @throws AwsError as the service gives it: ResourceNotFoundException, InvalidParameterException. */
  getSecretValue(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  describeSecret(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

/**
 * A store of secrets by name, by full ARN, and by an ARN without the six characters behind the name.
 *
 * @param createdAt epoch seconds, the date of every version.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function createSecretsManager(secrets: readonly HeldSecret[], createdAt: number): SecretsManager {
  const find = (input: Readonly<Record<string, unknown>>): HeldSecret => {
    const id = input['SecretId'];
    if (typeof id !== 'string' || id === '') {
      throw new AwsError('InvalidParameterException', 'You must provide a value for the SecretId parameter.');
    }
    const secret = secrets.find(({ name, arn }) => id === name || id === arn || id === arn.slice(0, -7));
    if (secret === undefined) {
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return secret;
  };

  return {
    getSecretValue(input) {
      const secret = find(input);
      const stage = text(input['VersionStage']) ?? 'AWSCURRENT';
      const asked = text(input['VersionId']);
      const version = versionIdOf(secret);
      if (secret.text === undefined || stage !== 'AWSCURRENT') {
        throw new AwsError(
          'ResourceNotFoundException',
          `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
        );
      }
      if (asked !== undefined && asked !== version) {
        throw new AwsError(
          'ResourceNotFoundException',
          `Secrets Manager can't find the specified secret value for VersionId: ${asked}`,
        );
      }
      return {
        ARN: secret.arn,
        CreatedDate: createdAt,
        Name: secret.name,
        SecretString: secret.text,
        VersionId: version,
        VersionStages: ['AWSCURRENT'],
      };
    },
    describeSecret(input) {
      const secret = find(input);
      return {
        ARN: secret.arn,
        CreatedDate: createdAt,
        Name: secret.name,
        VersionIdsToStages: secret.text === undefined ? {} : { [versionIdOf(secret)]: ['AWSCURRENT'] },
      };
    },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Stable for a value, as a version is, and without anything of it to be read back. */
function versionIdOf({ arn, text = '' }: HeldSecret): string {
  const hex = createHash('sha256').update(`${arn}\n${text}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
