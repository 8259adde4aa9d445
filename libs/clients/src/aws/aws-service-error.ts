import { ClientsError } from '../errors.ts';

/** What a service answered that it would not do. `name` is the service's word for it, as in the AWS SDKs. */
export class AwsServiceError extends ClientsError {
  override readonly name: string;
  /** Further members of the answer, such as `CancellationReasons`, also on the error itself. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly requestId: string | undefined;

  constructor(answer: AwsErrorAnswer) {
    super('CLIENTS_AWS_REFUSED', answer.message, { status: answer.status, retryable: answer.retryable });
    this.name = answer.name;
    this.members = answer.members;
    this.requestId = answer.requestId;
    for (const [name, value] of Object.entries(answer.members)) {
      if (!(name in this)) Object.defineProperty(this, name, { value, enumerable: true });
    }
  }
}

/** An error answer of the AWS JSON protocols, read. */
export interface AwsErrorAnswer {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly requestId: string | undefined;
  readonly members: Readonly<Record<string, unknown>>;
}

/** Refusals that pass by themselves, whatever the call does: it was not carried out. Source: the AWS SDKs' retry behaviour. */
const throttles: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

export function isThrottle(name: string): boolean {
  return throttles.has(name);
}

/**
 * Reads an error answer. `__type` is the shape's name, perhaps after a namespace and `#`, perhaps followed by `:` and a
 * URL. Source: Smithy, "AWS JSON 1.0 protocol", operation error serialization.
 */
export function readErrorAnswer(
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): AwsErrorAnswer {
  const body = parseMembers(text);
  const { __type, code, message, Message, ...members } = body;
  const type = headers['x-amzn-errortype'] ?? __type ?? code;
  const name = typeof type === 'string' ? type.replace(/:.*$/, '').replace(/^.*#/, '') : '';
  const said = message ?? Message;
  return {
    name: name === '' ? 'UnknownError' : name,
    message: typeof said === 'string' ? said : `the service answered ${status}`,
    status,
    retryable: isThrottle(name) || status >= 500,
    requestId: headers['x-amzn-requestid'],
    members,
  };
}

function parseMembers(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
