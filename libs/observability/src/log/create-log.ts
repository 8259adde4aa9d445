import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { ObservabilityConfig } from '../config.ts';
import type { Log, LogFields } from '../invocation/invocation.ts';
import { redactText } from './redact.ts';
import { toSafeValue, type SafeValue } from './safe-value.ts';

/** Members that every line of one invocation carries; they win over a field of the same name. */
export type LineContext = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes the lines of all invocations of one function. */
export interface LogWriter {
  /** Draws anew whether this invocation logs at DEBUG, by the sample rate. */
  refreshSampling(): void;
  write(level: 'debug' | 'info' | 'warn' | 'error', message: string, line: Line): void;
}

interface Line {
  readonly context: LineContext;
  readonly fields: LogFields | undefined;
}

/** Makes the writer over Powertools Logger: its levels, its sampling, its line format, one JSON text a line. */
export function createLogWriter(service: string, config: ObservabilityConfig): LogWriter {
  const logger = new Logger({
    serviceName: service,
    logLevel: config.logLevel,
    sampleRateValue: config.debugSampleRate,
    environment: config.environment,
    logFormatter: new SafeLogFormatter(),
  });
  const threshold = { debug: 8, info: 12, warn: 16, error: 20 };
  return {
    refreshSampling: () => logger.refreshSampleRateCalculation(),
    write(level, message, { context, fields }) {
      // A filtered line costs neither a redaction nor a look at its fields.
      if (threshold[level] < logger.level) return;
      logger[level]({
        message: redactText(message),
        context: { ...context },
        fields: (fields === undefined ? {} : toSafeValue(fields)) as Record<string, string>,
      });
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
      timestamp: this.formatTimestamp(base.timestamp),
      service: base.serviceName,
      environment: base.environment,
      sampling_rate: base.sampleRateValue === 0 ? undefined : base.sampleRateValue,
      xray_trace_id: base.xRayTraceId,
    };
    const context = (additional['context'] ?? {}) as LineContext;
    Object.assign(attributes, context);
    for (const [name, value] of Object.entries((additional['fields'] ?? {}) as Record<string, SafeValue>)) {
      const taken = reservedNames.has(name) || Object.hasOwn(context, name);
      attributes[taken ? `_${name}` : name] = value;
    }
    return new LogItem({ attributes: attributes });
  }
}

/** The log of one invocation: open until `close`, then silent. */
export function createLog(
  writer: LogWriter,
  context: () => LineContext,
): { readonly log: Log; readonly close: () => void } {
  let open = true;
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields?: LogFields): void => {
      if (open) writer.write(level, message, { context: context(), fields });
      else lateWrites++;
    };
  return {
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    close: () => {
      open = false;
    },
  };
}

let lateWrites = 0;

/** Lines that were dropped because their invocation had ended, since the last time this was asked. */
export function takeLateWrites(): number {
  const count = lateWrites;
  lateWrites = 0;
  return count;
}
