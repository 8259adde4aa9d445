import { join } from 'node:path';
import { runCommand } from './cli/options.ts';
import { parseSynthArguments } from './cli/synth-arguments.ts';
import { synthesise } from './cli/synthesise.ts';

void runCommand(() => {
  const { envs, out, ...synthesis } = parseSynthArguments(process.argv.slice(2));
  for (const env of envs) {
    synthesise({ ...synthesis, env, out: envs.length === 1 ? out : join(out, env) });
  }
  return 0;
});
