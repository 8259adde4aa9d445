export { monotonicMs } from './monotonic-ms.ts';
export { observe, type LambdaHandler, type ObservedHandler, type ObserveOptions } from './observe.ts';
export { readConfig, type LogLevel, type ObservabilityConfig } from './config.ts';
export { currentInvocation } from './invocation/current-invocation.ts';
export type {
  DownstreamCall,
  DownstreamSpan,
  Invocation,
  InvocationFacts,
  Log,
  LogFields,
} from './invocation/invocation.ts';
export { isSecretName, redactText } from './log/redact.ts';
export { toSafeValue, type SafeValue } from './log/safe-value.ts';
export { traceDownstream } from './trace/trace-downstream.ts';
export type { Span, TraceRecorder } from './trace/trace-recorder.ts';
