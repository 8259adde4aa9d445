/**
 * Codes of everything that stops a synth. Codes are never reused; docs/deployment.md lists them.
 *
 * - `INFRA_ENVIRONMENT_UNKNOWN`: no environment of that name in the table.
 * - `INFRA_ENVIRONMENT_INVALID`: a value in the table is wrong; `problems` name the fields.
 * - `INFRA_FRONT_CANNOT`: a front was asked for what it does not have; `problems` name the front that has it.
 * - `INFRA_CACHE_UNSAFE`: an operation whose answer depends on the caller is cached without the caller in its key.
 * - `INFRA_BUNDLE_MISSING`: an included app's bundle is not there.
 * - `INFRA_BUNDLE_BROKEN`: an included app's bundle cannot be loaded by Node.
 * - `INFRA_ARGUMENT_INVALID`: a command-line argument is unknown or wrong.
 */
export type InfraErrorCode =
  | 'INFRA_ENVIRONMENT_UNKNOWN'
  | 'INFRA_ENVIRONMENT_INVALID'
  | 'INFRA_FRONT_CANNOT'
  | 'INFRA_CACHE_UNSAFE'
  | 'INFRA_BUNDLE_MISSING'
  | 'INFRA_BUNDLE_BROKEN'
  | 'INFRA_ARGUMENT_INVALID';

/** One thing wrong, at one place. */
export interface Problem {
  /** Dotted path from the environment's name (`prod.authorizer.ttlSeconds`), an operation id, or a file path. */
  readonly at: string;
  readonly message: string;
}

/** A refusal at synth. The message is the problems, one a line, ready to print. */
export class InfraError extends Error {
  readonly code: InfraErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: InfraErrorCode, problems: readonly Problem[], options?: ErrorOptions) {
    super([code, ...problems.map(({ at, message }) => `  ${at}: ${message}`)].join('\n'), options);
    this.name = 'InfraError';
    this.code = code;
    this.problems = problems;
  }
}
