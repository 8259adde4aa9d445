import { runCommand } from './cli/options.ts';
import { parseSynthArguments } from './cli/synth-arguments.ts';
import { synthesise } from './cli/synthesise.ts';

void runCommand(() => {
  synthesise(parseSynthArguments(process.argv.slice(2)));
  return 0;
});
