import type { Invocation, LogFields } from '@gatehouse/observability';

/** Telemetry that remembers what it was told. */
export interface RecordedInvocation extends Invocation {
  readonly lines: readonly { readonly level: string; readonly message: string; readonly fields: LogFields }[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly counts: Readonly<Record<string, number>>;
}

/** An invocation for tests: nothing is written anywhere. */
export function recordInvocation(): RecordedInvocation {
  const lines: RecordedInvocation['lines'][number][] = [];
  const facts: Record<string, unknown> = {};
  const counts: Record<string, number> = {};
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}): void =>
      void lines.push({ level, message, fields });
  return {
    lines,
    facts,
    counts,
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    sampled: false,
    correlationId: 'test',
    describe: (more) => void Object.assign(facts, more),
    count: (name, value = 1) => void (counts[name] = (counts[name] ?? 0) + value),
    remainingMs: () => 10_000,
  };
}
