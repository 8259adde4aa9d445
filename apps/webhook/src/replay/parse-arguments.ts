import { parseArgs } from 'node:util';

/** Which deliveries are replayed. */
export type Selection =
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  | {
      /** Those that are `failed` since then, or have been `received` since then for longer than a delivery is tried. */
      readonly kind: 'failed-since' | 'stuck-since';
      readonly since: Date;
      readonly provider?: string;
    };

/** Which deliveries are replayed, and where. */
export interface ReplayArguments {
  readonly selection: Selection;
  /** An environment of the AWS account at hand; undefined for the running local host. */
  readonly environment?: string;
  /** What the running local host has written. */
  readonly stateFile: string;
  /** Say what would be replayed, and replay nothing. */
  readonly dryRun: boolean;
}

export const usage = `usage: npm run replay -- --id KEY [--id KEY ...]
       npm run replay -- --failed-since 2026-11-22T10:00:00Z | 90m | 12h | 3d  [--provider NAME]
       npm run replay -- --stuck-since 2026-11-22T10:00:00Z | 90m | 12h | 3d  [--provider NAME]
options: --dry-run          say what would be replayed
         --env NAME         an environment of the AWS account at hand; default: the running local host
         --state FILE       of the local host; default .gatehouse/local.json`;

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads the command's parameters.
 *
 * @param nowMs for times like \`12h\`, which count back from now.
 * @throws {TypeError} saying what is wrong.
 */
export function parseArguments(argv: readonly string[], nowMs: number): ReplayArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      id: { type: 'string', multiple: true },
      'failed-since': { type: 'string' },
      'stuck-since': { type: 'string' },
      provider: { type: 'string' },
      env: { type: 'string' },
      state: { type: 'string', default: '.gatehouse/local.json' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const { id: keys, provider, env } = values;
  const selections: Selection[] = [
    ...(keys === undefined ? [] : [{ kind: 'keys', keys } as const]),
    ...(['failed-since', 'stuck-since'] as const).flatMap((kind) => {
      const text = values[kind];
      if (text === undefined) return [];
      return [
        { kind, since: parseSince(text, `--${kind}`, nowMs), ...(provider !== undefined && { provider }) },
      ];
    }),
  ];
  const [selection, another] = selections;
  if (selection === undefined || another !== undefined)
    throw new TypeError('Name one of --id, --failed-since and --stuck-since');
  if (selection.kind === 'keys' && provider !== undefined)
    throw new TypeError('--provider goes with --failed-since and --stuck-since: a key names its provider');
  return {
    selection,
    ...(env !== undefined && { environment: env }),
    stateFile: values.state,
    dryRun: values['dry-run'],
  };
}

/** RFC 3339 with an offset. Anything else that `Date` takes is a guess: to it, `12` is a December. */
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function parseSince(text: string, option: string, nowMs: number): Date {
  const [, amount, unit = ''] = /^([1-9][0-9]{0,4})([mhd])$/.exec(text) ?? [];
  if (amount !== undefined) return new Date(nowMs - Number(amount) * (UNITS_MS[unit] ?? 0));
  const day = MOMENT.exec(text)?.[1];
  if (day === undefined || !isDay(day))
    throw new TypeError(
      `${option} takes 2026-11-22T10:00:00Z, or minutes, hours or days ago as 90m, 12h or 3d: not ${text}`,
    );
  return new Date(text);
}

/** `Date` takes 31 February for 3 March. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
