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
  /** What the environment's processor is told; undefined where no webhook is deployed. */
  readonly giveUpSeconds: number | undefined;
}

/** The environment that the local host runs. */
const LOCAL_ENVIRONMENT = 'dev';

/**
 * Finds the deliveries table, and how long deliveries are tried: in the running local host, or by their parameters in an AWS account.
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
  const ssm = ssmClient(options('ssm'));
  const read = async (name: string): Promise<string | undefined> => {
    const Name = `/gatehouse/${environment ?? LOCAL_ENVIRONMENT}/${name}`;
    return (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value;
  };
  const tableName = await read('data/deliveries-table');
  if (tableName === undefined) throw new TypeError('The parameter data/deliveries-table has no value');
  const giveUpSeconds = await read('webhook/give-up-seconds').catch(ifNotFound);
  return {
    documents: dynamoDocumentClient(options('dynamodb')),
    tableName,
    giveUpSeconds: giveUpSeconds === undefined ? undefined : Number(giveUpSeconds),
  };
}

function ifNotFound(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
  throw error;
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
