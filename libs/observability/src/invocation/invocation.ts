/** Values that a log line carries. Anything is accepted; it is redacted and made safe before it is written. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Structured log of one invocation. After the invocation's end it writes nothing. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** What the handler knows of its invocation and telemetry cannot see by itself. */
export interface InvocationFacts {
  /** Operation as the contract writes it, `GET /users/{id}`; never the raw path. */
  readonly route?: string;
  /** Kind of caller: `user`, `service`, `anonymous`. */
  readonly principalKind?: string;
  /** Stable code of the error that was answered, such as `USERS_EMAIL_TAKEN`: capitals, digits, underscores. */
  readonly errorCode?: string;
  /** Webhook delivery that receiver and processor share: log lines and traces of both are found by it. */
  readonly deliveryId?: string;
}

/** Telemetry of one invocation: given to the handler, and to libraries by `currentInvocation()`. */
export interface Invocation {
  readonly log: Log;
  /** True when X-Ray keeps this invocation's trace. */
  readonly sampled: boolean;
  /** Id that finds all lines of this request: the front's request id, else Lambda's. */
  readonly correlationId: string;
  /** Adds facts to the access line, the metrics and the trace. */
  describe(facts: InvocationFacts): void;
  /** Counts `value` (default 1) under a metric name, in the invocation's one EMF line. */
  count(name: string, value?: number): void;
  /** Milliseconds left before Lambda ends the invocation. */
  remainingMs(): number;
}

/** A call to another system, as a trace shows it. */
export interface DownstreamCall {
  /** Host or service name: `DynamoDB`, `api.example.com`. */
  readonly name: string;
  /** `aws` for AWS services, `remote` for everything else. */
  readonly namespace: 'aws' | 'remote';
  /** The service's operation, `PutItem`, or the HTTP method. */
  readonly operation: string;
  /** For `remote`: the URL without its query. */
  readonly url?: string;
  /** For `aws`: what is worked on, such as `{ table_name: 'users' }`. */
  readonly resource?: Readonly<Record<string, string>>;
  /** Values by which traces are found; low cardinality, nothing secret. */
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
}

/** What a traced call may report and send on. */
export interface DownstreamSpan {
  /** Headers that carry the trace to the other side; empty when this invocation has no trace. */
  readonly headers: Readonly<Record<string, string>>;
  /** Status of the answer: 429 marks a throttle, 4xx an error, 5xx a fault. */
  readonly status: (status: number) => void;
}
