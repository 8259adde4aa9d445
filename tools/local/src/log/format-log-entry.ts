import { isList, isObject } from '../assembly/json.ts';
import type { Json, JsonObject } from '../assembly/json.ts';
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
      return text === undefined ? undefined : `${name} ${withoutExcess(text)}`;
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

/** A line longer than this is cut at the terminal; the console has all of it. */
const longestLine = 2000;

function withoutExcess(text: string): string {
  const excess = text.length - longestLine;
  return excess <= 0
    ? text
    : `${text.slice(0, longestLine)}... (${excess} more characters at the console, /logs)`;
}

function formatLine(text: string): string | undefined {
  const error = /^(Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\t(\{.*\})$/s.exec(text);
  if (error !== null) return formatError(error[1] ?? '', error[2] ?? '') ?? text;
  if (!text.startsWith('{')) return text;
  const parsed = parseObject(text);
  if (parsed === undefined) return text;
  if (parsed['_aws'] !== undefined) return undefined;
  const { level, message } = parsed;
  if (typeof level !== 'string' || typeof message !== 'string') return text;
  const rest = Object.entries(parsed)
    .filter(([key]) => !repeated.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [level.toUpperCase(), message, ...rest].join(' ');
}

/** The runtime's report of an error that a handler did not catch, with its stack as lines of its own. */
function formatError(what: string, document: string): string | undefined {
  const parsed = parseObject(document);
  if (parsed === undefined) return undefined;
  const { stack, trace, errorType, errorMessage } = parsed;
  const lines = [stack, trace].find(isList)?.filter((line) => typeof line === 'string');
  return [what, ...(lines ?? [`${textOf(errorType)}: ${textOf(errorMessage)}`])].join('\n  ');
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
