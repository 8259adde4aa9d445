/** An error answer in the shape that the AWS SDKs read: `__type` and a message. */
export class AwsError extends Error {
  /** Such as `ResourceNotFoundException`. */
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.type = type;
    this.status = status;
  }
}

/** The error of an operation whose input has the wrong shape. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
