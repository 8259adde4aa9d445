import type { FunctionModel } from '../model/app-model.ts';
import type { FunctionLog } from './function-log.ts';

/** How execution environments are made and bounded. Every member has a default. */
export interface FunctionInvokerOptions {
  /** Variables added to every environment of the function, such as `AWS_ENDPOINT_URL_DYNAMODB` and credentials. Default none. */
  readonly environment?: (fn: FunctionModel) => Readonly<Record<string, string>>;
  /** Where the functions' output and the START/END/REPORT data go. Default: nowhere. */
  readonly log?: FunctionLog;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly clock?: () => number;
  /** A new request id (UUID). Default `crypto.randomUUID`. */
  readonly ids?: () => string;
  readonly region?: string;
  /** Invocations at once, all functions without reserved concurrency together. Default 1000, as AWS gives an established account. */
  readonly accountConcurrency?: number;
  /** Keep one initialised environment more than a function has in use. Default true. */
  readonly warmSpare?: boolean;
  /** Ends an environment that is idle for so long, down to the spare. Default 300,000. */
  readonly idleTimeoutMs?: number;
  /** Lambda's limit of the init phase. Default 10,000. */
  readonly initTimeoutMs?: number;
  /** Environments per function that start at once when all others are busy; more come when calls wait and none ends. Default twice the cores, at least 4. */
  readonly eagerEnvironments?: number;
  /** Where `installRuntime` has put Node versions. Default `.gatehouse/runtimes` in the working directory. */
  readonly runtimesDirectory?: string;
  /** The built runtime client that each process runs. Default: beside the bundle, `lambda/bootstrap/bootstrap.cjs`. */
  readonly bootstrapFile?: string;
}
