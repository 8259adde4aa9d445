import { randomBytes } from 'node:crypto';
import type { CredentialLookup, SigningCredential } from '../gateway/iam/credential-lookup.ts';
import type { AppModel, FunctionModel } from '../model/app-model.ts';

/** Access keys of this run: one for each function, and one for the developer and tests. */
export interface Identities {
  /** The credential behind an access key id, for gateways that verify signatures. */
  readonly find: CredentialLookup;
  readonly developer: AccessKey;
  of(fn: FunctionModel): AccessKey;
}

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Functions have temporary credentials, as an assumed role has. */
  readonly sessionToken?: string;
}

/**
 * New access keys. They are worth nothing outside of this host and end with it.
 *
 * @param random bytes from a safe source; default node:crypto.
 */
export function createIdentities(
  model: AppModel,
  random: (bytes: number) => Buffer = randomBytes,
): Identities {
  const { partition, accountId } = model;
  const credentials = new Map<string, SigningCredential>();
  const issue = (
    prefix: string,
    principal: Pick<SigningCredential, 'principalArn' | 'userId'>,
    session: boolean,
  ): AccessKey => {
    const key = {
      accessKeyId: `${prefix}${random(8).toString('hex').toUpperCase()}`,
      secretAccessKey: random(30).toString('base64'),
      ...(session ? { sessionToken: random(48).toString('base64') } : {}),
    };
    const { accessKeyId, ...secrets } = key;
    credentials.set(accessKeyId, { ...secrets, accountId, ...principal });
    return key;
  };
  const developer = issue(
    'AKIA',
    {
      principalArn: `arn:${partition}:iam::${accountId}:user/local`,
      userId: `AIDA${'LOCAL'.padEnd(16, '0')}`,
    },
    false,
  );
  const byFunction = new Map(
    model.functions.map((fn) => {
      const roleId = `AROA${random(8).toString('hex').toUpperCase()}`;
      return [
        fn.arn,
        issue(
          'ASIA',
          {
            principalArn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName(fn)}/${fn.name}`,
            userId: `${roleId}:${fn.name}`,
          },
          true,
        ),
      ] as const;
    }),
  );
  return {
    find: (accessKeyId) => credentials.get(accessKeyId),
    developer,
    of: (fn) => byFunction.get(fn.arn) ?? developer,
  };
}

/** The last part of the role's ARN: an assumed role's ARN has no path. */
function roleName({ roleArn, logicalId }: FunctionModel): string {
  return roleArn?.slice(roleArn.lastIndexOf('/') + 1) ?? `${logicalId}Role`;
}
