import { findReplayTarget } from './adapters/replay-target.ts';
import { DEFAULT_RETENTION_HOURS } from './config.ts';
import { parseArguments, usage } from './replay/parse-arguments.ts';
import { replayDeliveries } from './replay/replay-deliveries.ts';
import { createDynamoDeliveryReplays } from './store/dynamodb/dynamo-delivery-replays.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run replay`: sets deliveries back to `received`. Ends with 1 when one of them is not there. */
async function main(argv: readonly string[]): Promise<number> {
  const parameters = parseArguments(argv, Date.now());
  const replays = createDynamoDeliveryReplays({
    ...(await findReplayTarget(parameters)),
    retentionSeconds: DEFAULT_RETENTION_HOURS * 3600,
    clock: Date.now,
  });
  const { replayed, missing } = await replayDeliveries(parameters, { replays, print });
  print(`${replayed} ${parameters.dryRun ? 'would be replayed' : 'replayed'}, ${missing} missing`);
  return missing === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    process.exitCode = 2;
  },
);
