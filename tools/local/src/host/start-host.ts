import { readAssembly, readTemplate } from '../assembly/read-assembly.ts';
import type { ServeArguments } from '../cli/parse-arguments.ts';
import type { LocalError } from '../errors.ts';
import { createQueueStore } from '../event-source/queue-store.ts';
import { startEventSources } from '../event-source/start-event-sources.ts';
import { createFunctionInvoker } from '../lambda/create-function-invoker.ts';
import type { FunctionLog } from '../lambda/function-log.ts';
import type { AppModel } from '../model/app-model.ts';
import { buildModel } from '../model/build-model.ts';
import { startAwsApiServer } from '../provision/aws-api/aws-api-server.ts';
import type { AwsApiServer } from '../provision/aws-api/aws-api-server.ts';
import { createParameterStore } from '../provision/aws-api/parameter-store.ts';
import { createSecretsManager } from '../provision/aws-api/secrets-manager.ts';
import { heldSecrets } from '../provision/held-secrets.ts';
import { readSecretsFile } from '../provision/read-secrets-file.ts';
import { sampleEveryInvocation } from '../trace/sample-every-invocation.ts';
import { startSegmentListener } from '../trace/segment-listener.ts';
import type { TraceSink } from '../trace/trace-sink.ts';
import { createConsoleServer } from './console-server.ts';
import type { History } from './console-server.ts';
import { createDeferredInvoker } from './deferred-invoker.ts';
import { createIdentities } from './identities.ts';
import type { AccessKey } from './identities.ts';
import { withLocalUrls } from './local-urls.ts';
import { startDatabase } from './start-database.ts';
import { listenOn, startFronts } from './start-fronts.ts';
import { writeStateFile } from './state-file.ts';
import type { HostState } from './state-file.ts';

/** A host that serves. */
export interface RunningHost {
  readonly model: AppModel;
  readonly state: HostState;
  /** Ends every front, function and engine, and removes the state file. Safe to call twice. */
  close(): Promise<void>;
}

/** What the host tells while it runs, and what it takes from its process. */
export interface HostSurroundings {
  readonly history: History;
  readonly trace: TraceSink;
  readonly functionLog: FunctionLog;
  /** A remark for the terminal. */
  readonly notice: (text: string) => void;
  /** Something that the host needs has gone while it ran. */
  readonly failed: (error: LocalError) => void;
  /** The PATH variable, for finding the engine. */
  readonly searchPath: string;
}

type Ending = (() => Promise<void> | void)[];

/**
 * Reads, models, provisions and serves an assembly.
 *
 * @throws LocalError what stands in the way; whatever was started by then has been ended.
 */
export async function startHost(args: ServeArguments, surroundings: HostSurroundings): Promise<RunningHost> {
  const ending: Ending = [];
  const close = async (): Promise<void> => {
    // What was started last ends first: nothing calls a thing that is gone.
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(args, surroundings, ending)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  args: ServeArguments,
  surroundings: HostSurroundings,
  ending: Ending,
): Promise<Omit<RunningHost, 'close'>> {
  const secrets = args.secretsFile === undefined ? {} : readSecretsFile(args.secretsFile);
  const model = buildModel(read(args), { ...args, secrets });
  const identities = createIdentities(model);
  const { partition, region, accountId } = model;
  const deferred = createDeferredInvoker();

  const queues = createQueueStore(model.queues);
  const consoleServer = createConsoleServer({ ...surroundings.history, model, queues });
  const consolePort = await listenOn(consoleServer, args.portBase);
  ending.push(() => consoleServer.close());

  const segments = await startSegmentListener(surroundings.history.segments);
  ending.push(() => segments.close());

  const [database, fronts] = await both(
    startDatabase({ ...surroundings, tables: model.tables, region, endpoint: args.dynamoDbEndpoint }),
    startFronts(
      model,
      {
        invoker: deferred.invoker,
        partition,
        region,
        accountId,
        trace: surroundings.trace,
        credentials: identities.find,
      },
      args.portBase === 0 ? 0 : args.portBase + 1,
    ),
    ending,
  );
  const local = withLocalUrls(model, fronts.origins);
  const awsApi = await startAwsApi(local, secrets, surroundings);
  ending.push(() => awsApi.close());

  const functions = createFunctionInvoker(local.functions, {
    region,
    log: surroundings.functionLog,
    environment: (fn) => ({
      ...credentialVariables(identities.of(fn)),
      AWS_ENDPOINT_URL: awsApi.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB_STREAMS: database.endpoint,
      AWS_XRAY_DAEMON_ADDRESS: segments.address,
    }),
  });
  const invoker = args.sampleAll ? sampleEveryInvocation(functions) : functions;
  deferred.set(invoker);
  functions.warmUp();
  const eventSources = startEventSources(model.eventSources, {
    ...surroundings,
    endpoint: database.endpoint,
    invoker,
    queues,
    region,
  });
  // Together: a batch that is under way ends when its function does.
  ending.push(async () => {
    await Promise.all([eventSources.close(), functions.close()]);
  });

  const state: HostState = {
    pid: process.pid,
    console: `http://127.0.0.1:${consolePort}/`,
    apis: fronts.apis,
    functionUrls: fronts.functionUrls,
    aws: {
      region,
      accountId,
      endpoints: { dynamodb: database.endpoint, secretsManager: awsApi.endpoint, ssm: awsApi.endpoint },
      credentials: identities.developer,
    },
  };
  ending.push(writeStateFile(args.stateFile, state));
  return { model: local, state };
}

function read({ source }: ServeArguments): ReturnType<typeof readAssembly> {
  return source.kind === 'assembly' ? readAssembly(source.directory) : readTemplate(source.file);
}

/** Waits for both, so that the one that came up is ended when the other did not. */
async function both<A extends { close(): Promise<void> }, B extends { close(): Promise<void> }>(
  first: Promise<A>,
  second: Promise<B>,
  ending: Ending,
): Promise<[A, B]> {
  for (const settled of await Promise.allSettled([first, second])) {
    if (settled.status === 'fulfilled') ending.push(() => settled.value.close());
  }
  return Promise.all([first, second]);
}

async function startAwsApi(
  model: AppModel,
  secrets: Readonly<Record<string, string>>,
  { notice }: HostSurroundings,
): Promise<AwsApiServer> {
  const startedAt = Math.floor(Date.now() / 1000);
  return startAwsApiServer({
    secretsManager: createSecretsManager(heldSecrets(model, secrets), startedAt),
    parameterStore: createParameterStore({
      parameters: model.parameters,
      arnPrefix: `arn:${model.partition}:ssm:${model.region}:${model.accountId}:parameter`,
      modifiedAt: startedAt,
    }),
    notice,
  });
}

function credentialVariables(key: AccessKey): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    ...(key.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: key.sessionToken }),
  };
}
