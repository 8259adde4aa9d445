/** The parts of a REST API's event, and of an HTTP API's with payload 1.0, that are read here. */
export interface EventV1 {
  readonly version?: string;
  readonly resource?: string;
  readonly httpMethod: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null;
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>> | null;
  readonly pathParameters?: Readonly<Record<string, string>> | null;
  readonly requestContext: {
    readonly requestId?: string;
    readonly stage?: string;
    readonly domainName?: string;
    readonly requestTimeEpoch?: number;
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
    readonly identity?: Readonly<Record<string, unknown>> | null;
  };
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** The parts of an event with payload 2.0, from an HTTP API or a function URL, that are read here. */
export interface EventV2 {
  readonly version?: string;
  readonly routeKey?: string;
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly cookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly requestContext: {
    readonly accountId?: string;
    readonly requestId?: string;
    readonly stage?: string;
    readonly domainName?: string;
    readonly timeEpoch?: number;
    readonly http: { readonly method: string; readonly sourceIp?: string };
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
  };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}
