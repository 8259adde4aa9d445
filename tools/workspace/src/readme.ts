import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { distinctCommands, readCommands } from './readme/read-commands.ts';
import { runCommand } from './run-command.ts';
import { startHost } from './start/running-host.ts';

const timeoutMs = 10 * 60_000;

/**
 * `npm run readme`: runs every command of every README in a shell, beside a running local host, and fails with the
 * first thing that a reader would see fail. `--ran TEXT` names a command that the caller has run itself.
 */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ran: { type: 'string', multiple: true, default: [] } },
  });
  const files = execFileSync('git', ['ls-files', '*.md']).toString().trim().split('\n');
  const commands = distinctCommands(files.flatMap((file) => readCommands(file, readFileSync(file, 'utf8'))));
  const host = await startHost(process.cwd());
  let failed = 0;
  for (const { file, line, text } of commands) {
    // `npm start` is the host that runs beside the others.
    if (values.ran.includes(text) || text === 'npm start') continue;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', text], {
      encoding: 'utf8',
      timeout: timeoutMs,
    });
    if (status !== 0) failed += 1;
    console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${text}   (${file}:${line})`);
    if (status !== 0) console.log(`${stdout}\n${stderr}`);
  }
  await host.stop();
  console.log(`README commands: ${commands.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

runCommand(main);
