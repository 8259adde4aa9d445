import { problem, problemResponse, type HttpResponse } from '@gatehouse/http';
import { WebhookError, type ReceiverErrorCode, type WebhookErrorCode } from './errors.ts';

/** When a sender should try again after a 503; the shortest pause that is worth one. */
const RETRY_AFTER_SECONDS = '10';

interface Answer {
  readonly status: number;
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const ANSWERS: Readonly<Record<ReceiverErrorCode, Answer>> = {
  WEBHOOK_ORIGIN_REFUSED: { status: 403, detail: 'This address takes no direct requests.' },
  WEBHOOK_PROVIDER_UNKNOWN: { status: 404, detail: 'No webhook is received at this path.' },
  WEBHOOK_METHOD_NOT_ALLOWED: {
    status: 405,
    detail: 'Webhooks are received by POST.',
    headers: { allow: 'POST' },
  },
  WEBHOOK_BODY_TOO_LARGE: { status: 413, detail: 'The body is too large.' },
  // One sentence for every cause: a forger learns nothing from it.
  WEBHOOK_UNVERIFIED: { status: 401, detail: 'The signature is missing or not accepted.' },
  WEBHOOK_BODY_INVALID: { status: 400, detail: 'The body is not what this webhook takes.' },
  WEBHOOK_SECRET_UNAVAILABLE: { status: 503, headers: { 'retry-after': RETRY_AFTER_SECONDS } },
  WEBHOOK_NOT_DURABLE: { status: 503, headers: { 'retry-after': RETRY_AFTER_SECONDS } },
};

/** The answer for an error. What is not this app's own is taken as not durable, so that the sender tries again. */
export function errorResponse(error: unknown, requestId: string): HttpResponse {
  const code = error instanceof WebhookError && isAnswered(error.code) ? error.code : 'WEBHOOK_NOT_DURABLE';
  return problemResponse(problem({ code, ...ANSWERS[code] }), { requestId });
}

function isAnswered(code: WebhookErrorCode): code is ReceiverErrorCode {
  return code in ANSWERS;
}
