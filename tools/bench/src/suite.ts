/** One measured quantity of one candidate. */
export interface Row {
  /** The candidate, such as `ours`, `bare`, `middy 7`. */
  readonly name: string;
  /** What was measured, such as `GET`, `init`, `bundle`. */
  readonly metric: string;
  /** `ns`, `us`, `ms`, `KB`, `MB`, `req/s`. */
  readonly unit: string;
  readonly median: number;
  /** The raw samples in the order they were taken. */
  readonly samples: readonly number[];
}

/** A limit that a change must not break: a ratio of two medians of the same run, or the median of ratios of samples taken side by side. */
export interface Budget {
  readonly name: string;
  /** The largest `value` that passes; with `atLeast`, the smallest. */
  readonly limit: number;
  readonly value: number;
  readonly atLeast?: true;
  readonly ok: boolean;
}

export interface SuiteResult {
  readonly rows: readonly Row[];
  readonly budgets: readonly Budget[];
}

export interface SuiteContext {
  /** Absolute path of the workspace. */
  readonly workspaceRoot: string;
  /** Arguments after the suite's name. */
  readonly args: readonly string[];
  /** Tells what is going on; goes to stderr, so that a suite's own output stays apart. */
  log(message: string): void;
}

export interface Suite {
  readonly name: string;
  /** One sentence for `npm run bench`. */
  readonly summary: string;
  run(context: SuiteContext): Promise<SuiteResult>;
}
