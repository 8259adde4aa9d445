import { readFile } from 'node:fs/promises';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { dynamoDocumentClient, ssmClient, type SdkClientOptions } from '@gatehouse/clients/sdk';
import type { ReplayArguments } from '../replay/parse-arguments.ts';

/** What of the local host's state file is read. */
interface HostState {
  readonly aws: {
    readonly region: string;
    readonly endpoints: { readonly dynamodb: string; readonly ssm: string };
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

export interface ReplayTarget {
  readonly documents: ReturnType<typeof dynamoDocumentClient>;
  readonly tableName: string;
}

/** The environment that the local host runs. */
const LOCAL_ENVIRONMENT = 'dev';

/**
 * Finds the deliveries table: in the running local host, or by its parameter in an AWS account.
 *
 * @throws {TypeError} when no local host runs, or the environment has no such table.
 */
export async function findReplayTarget({ environment, stateFile }: ReplayArguments): Promise<ReplayTarget> {
  const local = environment === undefined ? await readHostState(stateFile) : undefined;
  const options = (endpoint: 'dynamodb' | 'ssm'): SdkClientOptions =>
    local === undefined
      ? {}
      : {
          region: local.aws.region,
          credentials: local.aws.credentials,
          endpoint: local.aws.endpoints[endpoint],
        };
  const name = `/gatehouse/${environment ?? LOCAL_ENVIRONMENT}/data/deliveries-table`;
  const { Parameter } = await ssmClient(options('ssm')).send(new GetParameterCommand({ Name: name }));
  if (Parameter?.Value === undefined) throw new TypeError(`The parameter ${name} has no value`);
  return { documents: dynamoDocumentClient(options('dynamodb')), tableName: Parameter.Value };
}

async function readHostState(file: string): Promise<HostState> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as HostState;
  } catch (cause) {
    throw new TypeError(`No local host is running (${file} cannot be read): npm start, or name --env`, {
      cause,
    });
  }
}
