import type { RestApiModel, RestMethodModel, StageModel } from '../../model/app-model.ts';
import type { IncomingRequest } from '../exchange/exchange.ts';
import type { RequestTrace } from '../exchange/trace-header.ts';
import type { IamCaller } from '../iam/iam-caller.ts';
import type { TracedCall } from '../trace-step.ts';

/** A request as a REST API sees it. Each step of the pipeline gives the call with what it found out. */
export interface RestCall extends TracedCall {
  readonly api: RestApiModel;
  readonly request: IncomingRequest;
  readonly extendedRequestId: string;
  /** The Host header, the API's own name on AWS. */
  readonly domainName: string;
  readonly startedAtMs: number;
  readonly trace: RequestTrace;
  readonly stage?: StageModel;
  readonly method?: RestMethodModel;
  readonly caller?: RestCaller;
  readonly apiKey?: RestApiKey;
}

export interface StagedRestCall extends RestCall {
  readonly stage: StageModel;
  /** Encoded, without the stage; slashes at its beginning are one. */
  readonly resourcePath: string;
}

export interface RoutedRestCall extends StagedRestCall {
  readonly method: RestMethodModel;
  /** Still encoded: a REST API never decodes them. */
  readonly pathParameters: readonly (readonly [name: string, value: string])[];
}

export interface AuthorizedRestCall extends RoutedRestCall {
  readonly caller: RestCaller;
}

/** Who calls, by what the method's authorization found out. */
export type RestCaller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'lambda';
      readonly principalId: string;
      /** Scalars as strings, as the integration sees them. */
      readonly context: Readonly<Record<string, string>>;
      /** Milliseconds that the authorizer took; 0 from the cache. */
      readonly integrationLatencyMs: number;
      readonly usageIdentifierKey?: string;
    }
  | { readonly kind: 'iam'; readonly caller: IamCaller };

/** The API key of a call to a method that needs one. */
export interface RestApiKey {
  readonly id: string;
  readonly value: string;
}
