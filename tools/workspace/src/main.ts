import { checks } from './checks/index.ts';
import { readWorkspace } from './snapshot/read-workspace.ts';

/** `nx check workspace`: prints what each check holds against the workspace, and ends with 1 if any does. */
async function main(): Promise<number> {
  const workspace = await readWorkspace(process.cwd());
  let findings = 0;
  for (const check of checks) {
    const found = check.run(workspace);
    findings += found.length;
    console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${check.name}`);
    for (const { where, problem } of found) console.log(`     ${where}: ${problem}`);
  }
  return findings === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
