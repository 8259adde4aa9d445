import { parseArgs } from 'node:util';
import { smokeChecks } from './smoke/smoke-checks.ts';

/**
 * `node dist/apps/e2e/smoke.cjs URL [URL...]`: asks a deployed (or local) API the few things that tell whether it
 * stands at all. Changes nothing. Prints a line per check; ends with 1 when one failed.
 */
async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true });
  if (positionals.length === 0) {
    console.error('usage: node dist/apps/e2e/smoke.cjs URL [URL...]');
    return 2;
  }
  let failed = 0;
  for (const url of positionals) {
    for (const { name, run } of smokeChecks) {
      const problem = await run(url.replace(/\/$/, '')).catch(String);
      if (problem !== undefined) failed += 1;
      console.log(
        `${problem === undefined ? 'ok  ' : 'FAIL'} ${url} ${name}${problem === undefined ? '' : `: ${problem}`}`,
      );
    }
  }
  return failed === 0 ? 0 : 1;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
