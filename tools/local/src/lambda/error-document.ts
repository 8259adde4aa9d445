/** What an invocation that failed answers: the JSON that Lambda's Invoke gives with `X-Amz-Function-Error`. */
export interface ErrorDocument {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly payload: Buffer;
}

/** An error document of the platform's own. */
export function errorDocument(errorType: string, errorMessage: string): ErrorDocument {
  return { errorType, errorMessage, payload: Buffer.from(JSON.stringify({ errorType, errorMessage })) };
}

/**
 * Reads what a runtime posted to `/error`. Its bytes go to the caller as they are; where they are no JSON object, a
 * document is made in their place.
 *
 * @param errorTypeHeader `Lambda-Runtime-Function-Error-Type`.
 */
export function errorDocumentOf(body: Buffer, errorTypeHeader: string | undefined): ErrorDocument {
  const fields = parseObject(body.toString('utf8'));
  const errorType = textOr(fields?.['errorType'], errorTypeHeader ?? 'Unhandled');
  const errorMessage = textOr(fields?.['errorMessage'], '');
  return fields === undefined
    ? errorDocument(errorType, errorMessage)
    : { errorType, errorMessage, payload: body };
}

/**
 * The process ended before it answered: `Runtime.ExitError`, in the words that Lambda uses.
 *
 * @param signal such as `SIGKILL`; Lambda says `killed` for it.
 */
export function exitErrorDocument(
  requestId: string,
  exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null },
): ErrorDocument {
  return errorDocument('Runtime.ExitError', `RequestId: ${requestId} Error: ${describeExit(exit)}`);
}

const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

function describeExit({ code, signal }: { code: number | null; signal: NodeJS.Signals | null }): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNAL_WORDS[signal] ?? signal}`;
  if (code === 0 || code === null) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${String(code)}`;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
