import { WorkspaceError } from './errors.ts';

/** Runs a command's main function: its number is the exit code; a WorkspaceError is told without a stack. */
export function runCommand(main: (args: readonly string[]) => Promise<number>): void {
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(error instanceof WorkspaceError ? error.message : error);
      process.exitCode = 1;
    },
  );
}
