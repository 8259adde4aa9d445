/** Who called, by a REST API or payload 1.0. */
export interface Identity {
  readonly sourceIp?: string;
  readonly [field: string]: unknown;
}

/** What events of both payload versions have. */
export interface LambdaEvent {
  readonly version?: string;
  readonly pathParameters?: Readonly<Record<string, string>> | null;
  readonly requestContext: {
    readonly requestId?: string;
    readonly stage?: string;
    readonly domainName?: string;
    /** Milliseconds since the epoch; payload 1.0 and REST. */
    readonly requestTimeEpoch?: number;
    /** Milliseconds since the epoch; payload 2.0. */
    readonly timeEpoch?: number;
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
    /** Payload 2.0. */
    readonly http?: { readonly sourceIp?: string };
    /** Payload 1.0 and REST. */
    readonly identity?: Identity | null;
  };
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** The parts of a REST API's event, and of an HTTP API's with payload 1.0, that are read here. */
export interface EventV1 extends LambdaEvent {
  readonly resource?: string;
  readonly httpMethod: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null;
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>> | null;
}

/** The parts of an event with payload 2.0, from an HTTP API or a function URL, that are read here. */
export interface EventV2 extends LambdaEvent {
  readonly routeKey?: string;
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly cookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestContext: LambdaEvent['requestContext'] & {
    readonly accountId?: string;
    readonly http: { readonly method: string; readonly sourceIp?: string };
  };
}
