import { InfraError } from '../errors.ts';
import { isPart, type Part, PARTS } from '../names.ts';
import { parseOptions } from './options.ts';

export interface SynthArguments {
  /** Names of the table; with several, each goes into a folder of its own below `out`. */
  readonly envs: readonly string[];
  readonly parts: readonly Part[];
  readonly bundles: string;
  readonly out: string;
  /** Changes the table's entry before it is checked, by a JSON merge patch (RFC 7396); `{}` for none. */
  readonly change: Readonly<Record<string, unknown>>;
}

/**
 * Reads `--env dev[,prod] --apps data,users-api --bundles dist/apps --out dist/cdk.out`, each of which has this default but
 * `--apps`, which is everything; and `--change '{"fronts":["rest"]}'`, by which an option is tried without editing the table.
 *
 * @throws InfraError `INFRA_ARGUMENT_INVALID`
 */
export function parseSynthArguments(args: readonly string[]): SynthArguments {
  const { values } = parseOptions({
    args: [...args],
    options: {
      env: { type: 'string', default: 'dev' },
      apps: { type: 'string' },
      bundles: { type: 'string', default: 'dist/apps' },
      out: { type: 'string', default: 'dist/cdk.out' },
      change: { type: 'string', default: '{}' },
    },
  });
  return {
    envs: values.env.split(',').map((name) => name.trim()),
    parts: values.apps === undefined ? PARTS : parseParts(values.apps),
    bundles: values.bundles,
    out: values.out,
    change: parseChange(values.change),
  };
}

function parseChange(text: string): Readonly<Record<string, unknown>> {
  const refuse = (cause?: unknown) =>
    new InfraError('INFRA_ARGUMENT_INVALID', [{ at: `--change ${text}`, message: 'must be a JSON object' }], {
      cause,
    });
  let change: unknown;
  try {
    change = JSON.parse(text);
  } catch (cause) {
    throw refuse(cause);
  }
  if (typeof change !== 'object' || change === null || Array.isArray(change)) throw refuse();
  return { ...change };
}

function parseParts(list: string): readonly Part[] {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !isPart(name));
  if (unknown.length > 0) {
    throw new InfraError(
      'INFRA_ARGUMENT_INVALID',
      unknown.map((name) => ({ at: `--apps ${name}`, message: `is none of ${PARTS.join(', ')}` })),
    );
  }
  return names.filter(isPart);
}
