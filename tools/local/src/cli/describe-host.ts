import type { RunningHost } from '../host/start-host.ts';
import type { AppModel, NoEffect, Unsupported } from '../model/app-model.ts';

/** The table of URLs that the host prints at start. */
export function describeFronts({ state }: RunningHost): string {
  const rows = [
    ...state.apis.map((api) => [api.kind === 'rest' ? 'REST API' : 'HTTP API', api.name, api.url]),
    ...state.functionUrls.map((url) => [`URL (${url.authType})`, url.name, url.url]),
    ['console', '', state.console],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

/**
 * What the templates hold and the host does not do; undefined when there is nothing of the kind. What several resources
 * have in common is one line, with `verbose` a line each.
 */
export function describeUnsupported({ unsupported }: AppModel, verbose: boolean): string | undefined {
  if (unsupported.length === 0) return undefined;
  const groups = new Map<string, Unsupported[]>();
  for (const entry of unsupported) {
    const { stack, logicalId, type, property, reason } = entry;
    const key = JSON.stringify([type, property, reason, ...(verbose ? [stack, logicalId] : [])]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const lines = [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [`  ${describeEntry(first, others.length)}`],
  );
  return ['Not simulated here:', ...lines].join('\n');
}

function describeEntry({ stack, logicalId, type, property, reason }: Unsupported, others: number): string {
  const what = property === undefined ? type : `${type} ${property}`;
  const where = `${stack}/${logicalId}${others === 0 ? '' : ` and ${others} more`}`;
  return `${what}: ${reason} (${where})`;
}

/**
 * What changes nothing on one machine: one line with the types, and how many properties there are; with `verbose` each
 * property.
 */
export function describeNoEffect({ noEffect }: AppModel, verbose: boolean): string | undefined {
  if (noEffect.length === 0) return undefined;
  const types = noEffect.filter(({ property }) => property === undefined).map(describeCount);
  const properties = noEffect.filter(({ property }) => property !== undefined);
  const known =
    verbose || properties.length === 0
      ? properties.map(describeCount)
      : [`${properties.length} kinds of property (--verbose lists them)`];
  return `No effect here: ${[...types, ...known].join(', ')}.`;
}

function describeCount({ type, property, count }: NoEffect): string {
  const name = type.replace(/^AWS::/, '') + (property === undefined ? '' : `.${property}`);
  return count === 1 ? name : `${count} ${name}`;
}
