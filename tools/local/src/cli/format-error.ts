import { LocalError } from '../errors.ts';

/** An error for the terminal: code, message, hint; a defect of the host itself with its stack. */
export function formatError(error: unknown): string {
  if (!(error instanceof LocalError)) {
    return `gatehouse-local: a defect of the host: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const hint = error.hint === undefined ? '' : `\n  ${error.hint}`;
  return `gatehouse-local: ${error.message} [${error.code}]${hint}`;
}
