import type { FunctionLog, FunctionLogEntry } from '../lambda/function-log.ts';

/** The latest log entries of all functions. */
export interface LogHistory {
  readonly record: FunctionLog;
  /** Oldest first. */
  list(): readonly FunctionLogEntry[];
}

/** A history of so many entries; the oldest is forgotten first. */
export function createLogHistory(limit = 5000): LogHistory {
  const entries: FunctionLogEntry[] = [];
  return {
    record(entry) {
      entries.push(entry);
      // Dropped in blocks: shifting one by one would move the whole list each time.
      if (entries.length > limit * 1.2) entries.splice(0, entries.length - limit);
    },
    list: () => entries.slice(-limit),
  };
}
