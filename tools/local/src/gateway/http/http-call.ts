import type { HttpApiModel, HttpRouteModel, StageModel } from '../../model/app-model.ts';
import type { IncomingRequest } from '../exchange/exchange.ts';
import type { RequestTrace } from '../exchange/trace-header.ts';
import type { IamCaller } from '../iam/iam-caller.ts';
import type { TracedCall } from '../trace-step.ts';

/** A request as an HTTP API sees it. Each step of the pipeline gives the call with what it found out. */
export interface HttpCall extends TracedCall {
  readonly api: HttpApiModel;
  readonly request: IncomingRequest;
  /** The Host header, the API's own name on AWS. */
  readonly domainName: string;
  readonly startedAtMs: number;
  readonly trace: RequestTrace;
  readonly stage?: StageModel;
  readonly route?: HttpRouteModel;
  readonly caller?: HttpCaller;
}

export interface StagedHttpCall extends HttpCall {
  readonly stage: StageModel;
  /** Encoded, without the stage's name. */
  readonly routePath: string;
}

export interface RoutedHttpCall extends StagedHttpCall {
  readonly route: HttpRouteModel;
  /** Decoded. */
  readonly pathParameters: readonly (readonly [name: string, value: string])[];
}

export interface AuthorizedHttpCall extends RoutedHttpCall {
  readonly caller: HttpCaller;
}

/** What an authorizer found out. */
export type HttpCaller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'lambda';
      readonly principalId?: string;
      readonly context: Readonly<Record<string, unknown>> | null;
    }
  | {
      readonly kind: 'jwt';
      readonly claims: Readonly<Record<string, string>>;
      /** The route's own; null when it asks for none. */
      readonly scopes: readonly string[] | null;
    }
  | { readonly kind: 'iam'; readonly caller: IamCaller };
