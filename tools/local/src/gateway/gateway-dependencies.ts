import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import type { TraceSink } from '../trace/trace-sink.ts';
import type { CredentialLookup } from './iam/credential-lookup.ts';

/** What every front needs from the host. Clock, ids and timers are parameters, so that tests never wait. */
export interface GatewayDependencies {
  readonly invoker: FunctionInvoker;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly clock?: () => number;
  /** Default: random ones. */
  readonly ids?: GatewayIds;
  /** Default: the process's own. */
  readonly timers?: GatewayTimers;
  /** Takes what each step of the pipeline decided, and why; must not throw. Default: nobody looks. */
  readonly trace?: TraceSink;
  /** Takes the rendered line of a stage that has an access log format. */
  readonly accessLog?: (entry: AccessLogEntry) => void;
  /** Who may sign requests for `AWS_IAM`; without it every signed request is refused. */
  readonly credentials?: CredentialLookup;
}

export interface AccessLogEntry {
  readonly apiId: string;
  readonly stage: string;
  readonly line: string;
}

export interface GatewayIds {
  /** A random UUID. */
  uuid(): string;
  /** So many random lower-case hexadecimal digits. */
  hex(digits: number): string;
}

export interface GatewayTimers {
  /** Runs `callback` once after `delayMs`; the result cancels it. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** One API or function URL on a port of its own, on loopback. */
export interface GatewayServer {
  /**
   * Listens on 127.0.0.1.
   *
   * @param port 0 takes a free one.
   */
  listen(port: number): Promise<{ readonly port: number }>;
  /** Ends idle and running connections. Safe to call twice. */
  close(): Promise<void>;
}
