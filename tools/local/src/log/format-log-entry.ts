import { isObject } from '../assembly/json.ts';
import type { FunctionLogEntry } from '../lambda/function-log.ts';

/** Members of a JSON log line that every line of a function repeats. */
const repeated = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'sampling_rate',
  'xray_trace_id',
]);

/**
 * A log entry as lines for the terminal, or undefined for one that is not worth one there (START, END, and REPORT of a
 * success). JSON lines become `LEVEL message key=value`; metrics in EMF are left out.
 */
export function formatLogEntry(entry: FunctionLogEntry): string | undefined {
  const name = `[${shortName(entry.functionName)}]`;
  switch (entry.kind) {
    case 'start':
    case 'end':
      return undefined;
    case 'line': {
      const text = formatLine(entry.text);
      return text === undefined ? undefined : `${name} ${text}`;
    }
    case 'report':
      return entry.status === 'success'
        ? undefined
        : `${name} ${entry.status.toUpperCase()} after ${Math.round(entry.durationMs)} ms${entry.errorType === undefined ? '' : `: ${entry.errorType}`} (${entry.requestId})`;
    case 'init-failed':
      return `${name} INIT FAILED ${entry.errorType}: ${entry.errorMessage}`;
    case 'notice':
      return `${name} ${entry.text}`;
  }
}

/** CloudFormation's suffix says nothing at the terminal. */
function shortName(functionName: string): string {
  return functionName.replace(/-[A-Z0-9]{12}$/, '').replace(/[0-9A-F]{8}$/, '');
}

function formatLine(text: string): string | undefined {
  if (!text.startsWith('{')) return text;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return text;
  }
  if (!isObject(parsed)) return text;
  if (parsed['_aws'] !== undefined) return undefined;
  const { level, message } = parsed;
  if (typeof level !== 'string' || typeof message !== 'string') return text;
  const rest = Object.entries(parsed)
    .filter(([key]) => !repeated.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [level.toUpperCase(), message, ...rest].join(' ');
}
