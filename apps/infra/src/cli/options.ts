import { parseArgs, type ParseArgsConfig } from 'node:util';
import { InfraError } from '../errors.ts';

/**
 * Reads a command's options strictly.
 *
 * @throws InfraError `INFRA_ARGUMENT_INVALID` for one that is unknown, or lacks its value.
 */
export function parseOptions<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new InfraError('INFRA_ARGUMENT_INVALID', [{ at: (config.args ?? []).join(' '), message }], {
      cause,
    });
  }
}

/** Runs a command; its refusals become text for a person and exit code 1. Anything else is a defect and stays one. */
export async function runCommand(command: () => number | Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof InfraError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
