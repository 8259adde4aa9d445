/**
 * What a cloud assembly asks for, after every intrinsic function is resolved: the one thing that the later
 * stages (provision, lambda, gateway) read. Frozen; nothing in it points back to a template.
 */
export interface AppModel {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly functions: readonly FunctionModel[];
  readonly restApis: readonly RestApiModel[];
  readonly httpApis: readonly HttpApiModel[];
  readonly functionUrls: readonly FunctionUrlModel[];
  readonly tables: readonly TableModel[];
  readonly secrets: readonly SecretModel[];
  readonly parameters: readonly ParameterModel[];
  readonly eventSources: readonly EventSourceModel[];
  readonly queues: readonly QueueModel[];
  /** What the templates hold and has nothing to do on one machine, such as IAM roles and log groups. */
  readonly noEffect: readonly NoEffect[];
  /** What the templates hold and the host does not do; printed at start, so that nothing is silently skipped. */
  readonly unsupported: readonly Unsupported[];
}

export interface Unsupported {
  readonly stack: string;
  readonly logicalId: string;
  /** CloudFormation type, such as `AWS::WAFv2::WebACL`. */
  readonly type: string;
  /** The property that is not done, as a dotted path; absent when the whole resource is not. */
  readonly property?: string;
  readonly reason: string;
}

/** A type, or a property of a type that is simulated, that changes nothing on one machine. */
export interface NoEffect {
  readonly type: string;
  readonly property?: string;
  /** How many resources have it. */
  readonly count: number;
}

export interface FunctionModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Such as `nodejs24.x`. */
  readonly runtime: string;
  /** `file.export`, relative to the code. */
  readonly handler: string;
  readonly code: FunctionCode;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** The template's variables alone. */
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  /** The execution role; the function's own requests are signed by a session of it. */
  readonly roleArn?: string;
  readonly tracing: 'Active' | 'PassThrough';
}

export type FunctionCode =
  | { readonly kind: 'directory'; readonly path: string }
  /** `Code.ZipFile`: the text of `index.js` (CommonJS). */
  | { readonly kind: 'inline'; readonly source: string };

export interface StageModel {
  /** `$default`, or the name that stands in the URL. */
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The format of the stage's access log lines, with `$context` variables; absent when it writes none. */
  readonly accessLogFormat?: string;
}

export interface RestApiModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly id: string;
  readonly name: string;
  readonly stages: readonly StageModel[];
  readonly methods: readonly RestMethodModel[];
  readonly authorizers: readonly RestAuthorizerModel[];
  readonly gatewayResponses: readonly GatewayResponseModel[];
  /** As declared, such as `image/png` or a full wildcard. */
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number;
  /** The deployment that the stages show; what it is matters to nobody but `requestContext.deploymentId`. */
  readonly deploymentId?: string;
  /** Where API keys come from. Default HEADER (`x-api-key`). */
  readonly apiKeySource?: 'HEADER' | 'AUTHORIZER';
  /** Keys that a usage plan gives access to stages of this API. Default none. */
  readonly apiKeys?: readonly ApiKeyModel[];
  /** JSON schemas (draft 4) by model name; they may refer to each other by the service's model URLs. */
  readonly models?: Readonly<Record<string, unknown>>;
}

/** An API key, with the stages that its usage plans open. */
export interface ApiKeyModel {
  readonly id: string;
  readonly value: string;
  readonly enabled: boolean;
  readonly stageNames: readonly string[];
}

export interface RestMethodModel {
  readonly resourceId: string;
  /** Full resource path: `/`, `/users/{id}`, `/{proxy+}`. */
  readonly path: string;
  /** Upper case, or `ANY`. */
  readonly httpMethod: string;
  readonly authorization:
    | { readonly kind: 'NONE' }
    | { readonly kind: 'AWS_IAM' }
    | { readonly kind: 'CUSTOM'; readonly authorizerId: string };
  readonly apiKeyRequired: boolean;
  readonly integration: RestIntegrationModel;
  /** What the method's request validator checks; absent without one. */
  readonly validation?: RequestValidationModel;
}

export interface RequestValidationModel {
  /** Required parameters, such as `method.request.querystring.page`; empty when the validator does not check them. */
  readonly requiredParameters: readonly string[];
  /** Model name by content type; empty when the validator does not check bodies. */
  readonly bodyModels: Readonly<Record<string, string>>;
}

export type RestIntegrationModel =
  | {
      readonly type: 'AWS_PROXY';
      readonly functionArn: string;
      /** 50 to 29,000. */
      readonly timeoutMs: number;
      /** `IntegrationHttpMethod`. Default POST; Lambda takes no other, and the gateway then answers 500. */
      readonly httpMethod?: string;
      /** `RequestParameters` of the integration; a proxy ignores them, but some names break it. */
      readonly requestParameters?: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'MOCK';
      /** By content type; the status is what the rendered template names. */
      readonly requestTemplates: Readonly<Record<string, string>>;
      readonly responses: readonly MockResponseModel[];
    }
  | HttpProxyModel
  | { readonly type: 'UNSUPPORTED'; readonly declaredType: string };

/** A backend that answers by HTTP, of a REST or an HTTP API. */
export interface HttpProxyModel {
  readonly type: 'HTTP_PROXY';
  /** May hold path parameters (`{proxy}`) and stage variables (`${stageVariables.host}`). */
  readonly uri: string;
  /** `ANY` passes the request's own on. */
  readonly httpMethod: string;
  /** 50 to 29,000 on a REST API, to 30,000 on an HTTP API. */
  readonly timeoutMs: number;
  /** As declared: `integration.request.header.X` of a REST API, `append:header.x` of an HTTP API. */
  readonly requestParameters: Readonly<Record<string, string>>;
}

/** One integration response of a MOCK, already joined with its method response. */
export interface MockResponseModel {
  readonly statusCode: number;
  /** A regular expression on the rendered status; the response without one is the default. */
  readonly selectionPattern?: string;
  /** Header name to literal value (`'x'` in the template, without the quotes). */
  readonly headers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
}

export interface RestAuthorizerModel {
  readonly id: string;
  readonly name: string;
  readonly type: 'TOKEN' | 'REQUEST';
  readonly functionArn: string;
  /** `method.request.header.Authorization` and the like, split at commas, in order. */
  readonly identitySources: readonly string[];
  /** TOKEN only: a pattern that the token has to match, else 401 without a call. */
  readonly identityValidationExpression?: string;
  /** 0 turns the cache off. CloudFormation's default is 300. */
  readonly ttlSeconds: number;
}

export interface GatewayResponseModel {
  /** Such as `UNAUTHORIZED` or `DEFAULT_4XX`. */
  readonly responseType: string;
  readonly statusCode?: number;
  /** Header name to the declared value: `'literal'` with its quotes, or a mapping expression. */
  readonly headers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
}

export interface HttpApiModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly id: string;
  readonly name: string;
  readonly stages: readonly StageModel[];
  readonly routes: readonly HttpRouteModel[];
  readonly authorizers: readonly HttpAuthorizerModel[];
  /** Default none. */
  readonly jwtAuthorizers?: readonly HttpJwtAuthorizerModel[];
  readonly cors?: HttpCorsModel;
}

export interface HttpRouteModel {
  /** `GET /users/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly authorization:
    | { readonly kind: 'NONE' }
    | { readonly kind: 'AWS_IAM' }
    | { readonly kind: 'CUSTOM'; readonly authorizerId: string }
    /** A token needs one of the scopes; an empty list asks for none. */
    | { readonly kind: 'JWT'; readonly authorizerId: string; readonly scopes: readonly string[] };
  readonly integration:
    | {
        readonly type: 'AWS_PROXY';
        readonly functionArn: string;
        readonly payloadVersion: '1.0' | '2.0';
        /** 50 to 30,000. */
        readonly timeoutMs: number;
      }
    | HttpProxyModel
    | { readonly type: 'UNSUPPORTED'; readonly declaredType: string };
}

export interface HttpAuthorizerModel {
  readonly id: string;
  readonly name: string;
  readonly functionArn: string;
  readonly payloadVersion: '1.0' | '2.0';
  readonly simpleResponses: boolean;
  /** `$request.header.Authorization` and the like. */
  readonly identitySources: readonly string[];
  readonly ttlSeconds: number;
}

export interface HttpJwtAuthorizerModel {
  readonly id: string;
  readonly name: string;
  /** Its `/.well-known/openid-configuration` names the keys. */
  readonly issuer: string;
  /** One of them has to be the token's `aud`, or its `client_id` where it has no `aud`. */
  readonly audience: readonly string[];
  /** `$request.header.Authorization` and the like. */
  readonly identitySources: readonly string[];
}

/** The CORS configuration of an HTTP API or a function URL. */
export interface HttpCorsModel {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds?: number;
  readonly allowCredentials: boolean;
}

export interface FunctionUrlModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly id: string;
  readonly name: string;
  readonly functionArn: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly cors?: HttpCorsModel;
}

export interface TableModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly name: string;
  /** The CreateTable request's members, as CloudFormation gives them (the names are the same). */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly ttlAttribute?: string;
  readonly streamViewType?: string;
}

export interface SecretModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The value, generated already where the template asks for it; absent for a secret without a value. */
  readonly text?: string;
}

export interface ParameterModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** A DynamoDB stream that a function reads. */
export interface EventSourceModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly id: string;
  readonly functionArn: string;
  /** As the template has it; events carry it. */
  readonly streamArn: string;
  readonly tableName: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** 1 to 10,000; default 100. */
  readonly batchSize: number;
  /** How long records are gathered before a batch that is not full is handed over; default 0. */
  readonly batchingWindowSeconds: number;
  /** Event filter patterns, parsed; a record passes when one matches, or when there is none. */
  readonly filters: readonly Readonly<Record<string, unknown>>[];
  /** `ReportBatchItemFailures`. */
  readonly reportsItemFailures: boolean;
  readonly bisectsOnError: boolean;
  /** -1 (the default) retries until the record expires. */
  readonly maximumRetryAttempts: number;
  /** -1 (the default) has no limit but the stream's own day. */
  readonly maximumRecordAgeSeconds: number;
  /** A queue's ARN: gets a record of the batch's metadata when it is given up. */
  readonly onFailureArn?: string;
}

/** A queue as a destination: the host keeps the messages in memory and shows them; nothing can receive them. */
export interface QueueModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
}
