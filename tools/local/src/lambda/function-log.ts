/**
 * What a function's environments say, as data: the platform's START, END and REPORT lines and every line that the
 * function writes. `at` is epoch milliseconds.
 */
export type FunctionLogEntry =
  | (EntryOrigin & { readonly kind: 'start'; readonly requestId: string; readonly coldStart: boolean })
  | (EntryOrigin & {
      readonly kind: 'line';
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
      /** Absent while the environment initialises, before its first invocation. */
      readonly requestId?: string;
    })
  | (EntryOrigin & { readonly kind: 'end'; readonly requestId: string })
  | (EntryOrigin & { readonly kind: 'report'; readonly requestId: string } & InvocationReport)
  /** The initialisation failed outside an invocation (in a spare): the next call tries again. */
  | (EntryOrigin & {
      readonly kind: 'init-failed';
      readonly errorType: string;
      readonly errorMessage: string;
    })
  /** A remark of the host itself, such as the Node version that a function runs on. */
  | {
      readonly kind: 'notice';
      readonly at: number;
      readonly functionName: string;
      readonly text: string;
    };

/** Which environment an entry is about. */
export interface EntryOrigin {
  readonly at: number;
  readonly functionName: string;
  /** One per execution environment; the last part of its log stream's name. */
  readonly environmentId: string;
}

/** The REPORT line's figures. */
export interface InvocationReport {
  readonly status: 'success' | 'error' | 'timeout';
  readonly durationMs: number;
  /** Rounded up to the millisecond, initialisation included on a cold start (as Lambda bills since 2025-08). */
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  /** Peak resident memory of the process; absent where the system does not tell (it does on Linux). */
  readonly maxMemoryUsedMb?: number;
  /** Present on an environment's first invocation alone. */
  readonly initDurationMs?: number;
  readonly errorType?: string;
}

/** Takes every entry, in order by environment. Must not throw. */
export type FunctionLog = (entry: FunctionLogEntry) => void;
