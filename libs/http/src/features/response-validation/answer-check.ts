import type { OperationResponse } from '../../response/operation-response.ts';
import type { Exchange } from '../feature.ts';

/** Rejects for an answer that must not leave. */
export type AnswerCheck = (response: OperationResponse) => Promise<void>;

const checks = /* @__PURE__ */ new WeakMap<Exchange, AnswerCheck>();

/**
 * Leaves a check of the handler's answer to who takes it first. A feature around one that keeps answers would check them too late; it leaves
 * its check before the handler is called, and takes it back after.
 */
export function leaveCheck(exchange: Exchange, check: AnswerCheck): void {
  checks.set(exchange, check);
}

/** The check that was left for this request, once; `undefined` where there is none, or somebody has it. */
export function takeCheck(exchange: Exchange): AnswerCheck | undefined {
  const check = checks.get(exchange);
  checks.delete(exchange);
  return check;
}
