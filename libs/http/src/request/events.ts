type Texts = Readonly<Record<string, string>>;
type TextLists = Readonly<Record<string, readonly string[]>>;

/**
 * The parts of the four events that are read here. REST and payload 1.0 have `httpMethod`, `resource`, `path` and the `multiValue...`
 * records; payload 2.0, of an HTTP API or a function URL, has `requestContext.http`, `routeKey`, `rawPath`, `rawQueryString` and
 * `cookies`.
 */
export interface LambdaEvent {
  readonly version?: string;
  readonly httpMethod?: string;
  readonly resource?: string;
  readonly path?: string;
  readonly multiValueHeaders?: TextLists | null;
  readonly queryStringParameters?: Texts | null;
  readonly multiValueQueryStringParameters?: TextLists | null;
  readonly routeKey?: string;
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly cookies?: readonly string[];
  readonly headers?: Texts | null;
  readonly pathParameters?: Texts | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly requestId?: string;
    readonly accountId?: string;
    readonly stage?: string;
    readonly domainName?: string;
    /** Milliseconds since the epoch; payload 1.0 and REST. */
    readonly requestTimeEpoch?: number;
    /** Milliseconds since the epoch; payload 2.0. */
    readonly timeEpoch?: number;
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
    /** Payload 2.0. */
    readonly http?: { readonly method: string; readonly sourceIp?: string };
    /** Who called, by a REST API or payload 1.0. */
    readonly identity?: { readonly sourceIp?: string; readonly [field: string]: unknown } | null;
  };
}
