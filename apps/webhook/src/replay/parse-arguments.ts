import { parseArgs } from 'node:util';

/** Which deliveries are replayed, and where. */
export interface ReplayArguments {
  readonly selection:
    | { readonly kind: 'keys'; readonly keys: readonly string[] }
    | { readonly kind: 'failed-since'; readonly since: Date; readonly provider?: string };
  /** An environment of the AWS account at hand; undefined for the running local host. */
  readonly environment?: string;
  /** What the running local host has written. */
  readonly stateFile: string;
  /** Say what would be replayed, and replay nothing. */
  readonly dryRun: boolean;
}

export const usage = `usage: npm run replay -- --id KEY [--id KEY ...]
       npm run replay -- --failed-since 2026-11-22T10:00:00Z | 90m | 12h | 3d  [--provider NAME]
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
      provider: { type: 'string' },
      env: { type: 'string' },
      state: { type: 'string', default: '.gatehouse/local.json' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const { id: keys, 'failed-since': since, provider, env } = values;
  if ((keys === undefined) === (since === undefined))
    throw new TypeError('Name either --id or --failed-since');
  return {
    selection:
      since === undefined
        ? { kind: 'keys', keys: keys ?? [] }
        : {
            kind: 'failed-since',
            since: parseSince(since, nowMs),
            ...(provider !== undefined && { provider }),
          },
    ...(env !== undefined && { environment: env }),
    stateFile: values.state,
    dryRun: values['dry-run'],
  };
}

function parseSince(text: string, nowMs: number): Date {
  const [, amount, unit = ''] = /^([1-9][0-9]{0,4})([mhd])$/.exec(text) ?? [];
  const date =
    amount === undefined ? new Date(text) : new Date(nowMs - Number(amount) * (UNITS_MS[unit] ?? 0));
  if (Number.isNaN(date.getTime())) throw new TypeError(`--failed-since is no time: ${text}`);
  return date;
}
