/** A failure that the runtime names itself, by Lambda's own error types. */
export class RuntimeError extends Error {
  override readonly name: string;

  /** @param type such as `Runtime.HandlerNotFound`. */
  constructor(type: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = type;
  }
}

/** What is posted to `/error`: the document that a caller of the function gets. */
export interface RuntimeErrorDocument {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Any thrown value as Lambda's Node runtime reports it: an Error by name, message and stack; else its type and text. */
export function toErrorDocument(thrown: unknown): RuntimeErrorDocument {
  try {
    if (thrown instanceof Error || isErrorLike(thrown)) {
      return {
        errorType: thrown.name,
        errorMessage: thrown.message,
        trace: (thrown.stack ?? '').split('\n').filter((line) => line !== ''),
      };
    }
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  } catch {
    // A thrown object may throw from its own getters or toString.
    return { errorType: 'handled', errorMessage: 'The thrown value cannot be read', trace: [] };
  }
}

/** Errors of another realm (a vm context) are no instance of this one's Error. */
function isErrorLike(value: unknown): value is Error {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<Error>).name === 'string' &&
    typeof (value as Partial<Error>).message === 'string'
  );
}
