import { formatResult, writeReport } from './report.ts';
import { suites } from './suites.ts';

/** `npm run bench -- SUITE [args]`: 0 when every budget holds, 1 when one is broken, 2 for a wrong call. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  const suite = suites.find((candidate) => candidate.name === name);
  if (suite === undefined) {
    console.error(
      `usage: npm run bench -- SUITE\n${suites.map((s) => `  ${s.name.padEnd(16)} ${s.summary}`).join('\n')}`,
    );
    return 2;
  }
  const workspaceRoot = process.cwd();
  const result = await suite.run({ workspaceRoot, args, log: (message) => console.error(message) });
  const file = await writeReport(workspaceRoot, suite.name, result);
  console.log(`${formatResult(result)}\n\n${file}`);
  return result.budgets.every((budget) => budget.ok) ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
