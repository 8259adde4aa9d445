import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { ObservabilityConfig } from '../config.ts';
import type { Log, LogFields } from '../invocation/invocation.ts';
import { toSafeValue, type SafeValue } from './safe-value.ts';

/** Members that every line of one invocation carries; they win over a field of the same name. */
export type LineContext = Readonly<Record<string, string | number | boolean | undefined>>;

/** Members of one line that may be written as they are. */
export type SafeFields = Readonly<Record<string, SafeValue | undefined>>;

type Level = 'debug' | 'info' | 'warn' | 'error';

/** Writes the lines of all invocations of one function. */
export interface LogWriter {
  /** Draws anew whether this invocation logs at DEBUG, by the sample rate. */
  refreshSampling(): void;
  /** False for lines that the level filters; they cost neither a redaction nor a look at their fields. */
  writes(level: Level): boolean;
  write(level: Level, message: string, line: Line): void;
}

interface Line {
  readonly context: LineContext;
  readonly fields: SafeFields;
}

const thresholds: Readonly<Record<Level, number>> = { debug: 8, info: 12, warn: 16, error: 20 };

/** Makes the writer over Powertools Logger: its levels, its sampling, its line format, one JSON text a line. */
export function createLogWriter(service: string, config: ObservabilityConfig): LogWriter {
  const logger = new Logger({
    serviceName: service,
    logLevel: config.logLevel,
    sampleRateValue: config.debugSampleRate,
    environment: config.environment,
    logFormatter: new SafeLogFormatter(),
  });
  return {
    refreshSampling() {
      if (config.debugSampleRate > 0) logger.refreshSampleRateCalculation();
    },
    writes: (level) => thresholds[level] >= logger.level,
    write(level, message, { context, fields }) {
      // Both pass through the logger's attributes untouched, to the formatter below.
      logger[level]({ message, context, fields });
    },
  };
}

/** Names of a line that no field may take; such a field gets a `_` before its name. */
const reservedNames: ReadonlySet<string> = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'environment',
  'sampling_rate',
  'xray_trace_id',
  '__proto__',
]);

class SafeLogFormatter extends LogFormatter {
  override formatAttributes(base: UnformattedAttributes, additional: LogAttributes): LogItem {
    const attributes: Record<string, SafeValue | undefined> = {
      level: base.logLevel,
      message: base.message,
      timestamp: base.timestamp.toISOString(),
      service: base.serviceName,
      environment: base.environment,
      sampling_rate: base.sampleRateValue === 0 ? undefined : base.sampleRateValue,
      xray_trace_id: base.xRayTraceId,
    };
    const context = (additional['context'] ?? {}) as LineContext;
    for (const name in context) attributes[name] = context[name];
    const fields = (additional['fields'] ?? {}) as SafeFields;
    for (const name in fields) {
      const taken = reservedNames.has(name) || Object.hasOwn(context, name);
      attributes[taken ? `_${name}` : name] = fields[name];
    }
    return new LogItem({ attributes });
  }
}

/** The log of one invocation: open until it is closed, then silent. */
export interface OpenLog {
  readonly log: Log;
  /** Writes the access line, whose members are safe, and closes the log. */
  readonly close: (access: SafeFields) => void;
}

export function createLog(writer: LogWriter, context: () => LineContext): OpenLog {
  let open = true;
  const at =
    (level: Level) =>
    (message: string, fields?: LogFields): void => {
      if (!open) lateWrites++;
      else if (writer.writes(level)) {
        const safe = fields === undefined ? noFields : (toSafeValue(fields) as SafeFields);
        writer.write(level, toMessage(message), { context: context(), fields: safe });
      }
    };
  return {
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    close(access) {
      open = false;
      if (writer.writes('info')) writer.write('info', 'access', { context: context(), fields: access });
    },
  };
}

const noFields: SafeFields = {};

/** A message is text by its type; what JavaScript hands over may be anything, and any length. */
function toMessage(message: string): string {
  const safe = toSafeValue(message);
  return typeof safe === 'string' ? safe : JSON.stringify(safe);
}

let lateWrites = 0;

/** Lines that were dropped because their invocation had ended, since the last time this was asked. */
export function takeLateWrites(): number {
  const count = lateWrites;
  lateWrites = 0;
  return count;
}
