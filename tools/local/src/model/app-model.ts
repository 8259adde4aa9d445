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
}

export type RestIntegrationModel =
  | {
      readonly type: 'AWS_PROXY';
      readonly functionArn: string;
      /** 50 to 29,000. */
      readonly timeoutMs: number;
    }
  | {
      readonly type: 'MOCK';
      /** By content type; the status is what the rendered template names. */
      readonly requestTemplates: Readonly<Record<string, string>>;
      readonly responses: readonly MockResponseModel[];
    }
  | { readonly type: 'UNSUPPORTED'; readonly declaredType: string };

/** One integration response of a MOCK, already joined with its method response. */
export interface MockResponseModel {
  readonly statusCode: number;
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
  readonly cors?: HttpCorsModel;
}

export interface HttpRouteModel {
  /** `GET /users/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly authorization:
    | { readonly kind: 'NONE' }
    | { readonly kind: 'AWS_IAM' }
    | { readonly kind: 'CUSTOM'; readonly authorizerId: string };
  readonly integration:
    | {
        readonly type: 'AWS_PROXY';
        readonly functionArn: string;
        readonly payloadVersion: '1.0' | '2.0';
        /** 50 to 30,000. */
        readonly timeoutMs: number;
      }
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
  readonly value:
    | { readonly kind: 'literal'; readonly text: string }
    | { readonly kind: 'generated'; readonly generate: Readonly<Record<string, unknown>> };
}

export interface ParameterModel {
  readonly stack: string;
  readonly logicalId: string;
  readonly name: string;
  readonly type: string;
  readonly value: string;
}
