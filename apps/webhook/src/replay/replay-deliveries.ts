import type { DeliveryReplays } from '../store/delivery-replays.ts';
import type { ReplayArguments, Selection } from './parse-arguments.ts';

export interface ReplayDependencies {
  readonly replays: DeliveryReplays;
  /** Takes one line for each delivery. */
  readonly print: (line: string) => void;
  /** How long the processor tries a delivery: one that is `received` for longer is stuck. */
  readonly giveUpSeconds: number;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

interface Selected {
  readonly key: string;
  /** What is known of it, for a person. */
  readonly remark?: string;
}

/**
 * Replays the selected deliveries, one line each.
 *
 * @returns how many were replayed (or would be), and how many are not there any more.
 */
export async function replayDeliveries(
  { selection, dryRun }: Pick<ReplayArguments, 'selection' | 'dryRun'>,
  dependencies: ReplayDependencies,
): Promise<{ readonly replayed: number; readonly missing: number }> {
  const { replays, print } = dependencies;
  const counts = { replayed: 0, missing: 0 };
  for (const { key, remark } of await select(selection, dependencies)) {
    const outcome = dryRun ? await rehearse(key, replays) : await replays.setBack(key);
    counts[outcome]++;
    const said = dryRun && outcome === 'replayed' ? 'would be replayed' : outcome;
    print([said, key, ...(remark === undefined ? [] : [remark])].join('  '));
  }
  return counts;
}

async function select(
  selection: Selection,
  { replays, giveUpSeconds, nowMs }: ReplayDependencies,
): Promise<readonly Selected[]> {
  switch (selection.kind) {
    case 'keys':
      return selection.keys.map((key) => ({ key }));
    case 'failed-since': {
      const failed = await replays.failedSince(selection.since, selection.provider);
      return failed.map(({ key, reason, failedAt }) => ({ key, remark: `${reason}, failed ${failedAt}` }));
    }
    case 'stuck-since': {
      const period = { from: selection.since, to: new Date(nowMs - giveUpSeconds * 1000) };
      const stuck = await replays.stuckBetween(period, selection.provider);
      return stuck.map(({ key, waitingSince }) => ({ key, remark: `received since ${waitingSince}` }));
    }
  }
}

async function rehearse(key: string, replays: DeliveryReplays): Promise<'replayed' | 'missing'> {
  return (await replays.has(key)) ? 'replayed' : 'missing';
}
