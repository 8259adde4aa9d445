import type { DeliveryReplays } from '../store/delivery-replays.ts';
import type { ReplayArguments } from './parse-arguments.ts';

export interface ReplayDependencies {
  readonly replays: DeliveryReplays;
  /** Takes one line for each delivery. */
  readonly print: (line: string) => void;
}

/**
 * Replays the selected deliveries, one line each.
 *
 * @returns how many were replayed (or would be), and how many are not there any more.
 */
export async function replayDeliveries(
  { selection, dryRun }: Pick<ReplayArguments, 'selection' | 'dryRun'>,
  { replays, print }: ReplayDependencies,
): Promise<{ readonly replayed: number; readonly missing: number }> {
  const keys =
    selection.kind === 'keys'
      ? selection.keys
      : (await replays.failedSince(selection.since, selection.provider)).map(({ key }) => key);
  const counts = { replayed: 0, missing: 0 };
  for (const key of keys) {
    const outcome = dryRun ? 'replayed' : await replays.setBack(key);
    counts[outcome]++;
    print(`${dryRun ? 'would be replayed' : outcome}  ${key}`);
  }
  return counts;
}
