/** Every code that the host's own stages give before a request is served. Never reused for another meaning. */
export type LocalErrorCode =
  | 'CLI_USAGE'
  | 'ASSEMBLY_NOT_FOUND'
  | 'ASSEMBLY_UNREADABLE'
  | 'ASSEMBLY_INVALID'
  | 'TEMPLATE_INVALID'
  | 'TEMPLATE_INTRINSIC'
  | 'TEMPLATE_UNKNOWN_REFERENCE'
  | 'TEMPLATE_CYCLE'
  | 'TEMPLATE_MISSING_PARAMETER'
  | 'TEMPLATE_TOO_DEEP'
  | 'MODEL_INVALID'
  | 'ENGINE_MISSING'
  | 'ENGINE_INSTALL_FAILED'
  | 'ENGINE_START_FAILED'
  | 'ENGINE_EXITED'
  | 'TABLE_CREATE_FAILED'
  | 'RUNTIME_UNKNOWN'
  | 'RUNTIME_INSTALL_FAILED'
  | 'PORT_IN_USE'
  | 'STATE_UNWRITABLE'
  | 'SECRETS_UNREADABLE';

export interface LocalErrorOptions {
  readonly cause?: unknown;
  /** Where in the assembly: `Stack/LogicalId.Properties.Environment.Variables.TABLE`. */
  readonly path?: string;
  /** What the reader can do about it, as one sentence. */
  readonly hint?: string;
}

/**
 * What stops the host, with a stable code and the place in the assembly where the cause stands.
 * The message is written for the engineer at the terminal and holds no secret.
 */
export class LocalError extends Error {
  readonly code: LocalErrorCode;
  readonly path: string | undefined;
  readonly hint: string | undefined;

  constructor(code: LocalErrorCode, message: string, options: LocalErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LocalError';
    this.code = code;
    this.path = options.path;
    this.hint = options.hint;
  }
}
