/** Codes of what a workspace command refuses; never reused. */
export type WorkspaceErrorCode =
  | 'WORKSPACE_USAGE'
  | 'WORKSPACE_NOT_RUNNING'
  | 'WORKSPACE_ENVIRONMENT_REFUSED'
  | 'WORKSPACE_NO_ISSUER'
  | 'WORKSPACE_HOST_FAILED';

/** What a command prints (its message alone, without a stack) before it ends with 1. */
export class WorkspaceError extends Error {
  override readonly name = 'WorkspaceError';
  readonly code: WorkspaceErrorCode;

  constructor(code: WorkspaceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
