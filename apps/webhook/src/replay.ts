import { findReplayTarget } from './adapters/replay-target.ts';
import { DEFAULT_GIVE_UP_SECONDS, DEFAULT_RETENTION_HOURS } from './config.ts';
import { parseArguments, usage } from './replay/parse-arguments.ts';
import { replayDeliveries } from './replay/replay-deliveries.ts';
import { createDynamoDeliveryReplays } from './store/dynamodb/dynamo-delivery-replays.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run replay`: sets deliveries back to `received`. Ends with 1 when one of them is not there. */
async function main(argv: readonly string[]): Promise<number> {
  const nowMs = Date.now();
  const parameters = parseArguments(argv, nowMs);
  const {
    documents,
    tableName,
    giveUpSeconds = DEFAULT_GIVE_UP_SECONDS,
  } = await findReplayTarget(parameters);
  const replays = createDynamoDeliveryReplays({
    documents,
    tableName,
    retentionSeconds: DEFAULT_RETENTION_HOURS * 3600,
    clock: Date.now,
  });
  const { replayed, missing } = await replayDeliveries(parameters, { replays, print, giveUpSeconds, nowMs });
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
