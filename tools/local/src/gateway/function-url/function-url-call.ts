import type { FunctionUrlModel } from '../../model/app-model.ts';
import type { IncomingRequest } from '../exchange/exchange.ts';
import type { RequestTrace } from '../exchange/trace-header.ts';
import type { IamCaller } from '../iam/iam-caller.ts';
import type { TracedCall } from '../trace-step.ts';

/** A request as a function URL sees it. */
export interface FunctionUrlCall extends TracedCall {
  readonly url: FunctionUrlModel;
  readonly request: IncomingRequest;
  readonly domainName: string;
  readonly startedAtMs: number;
  readonly trace: RequestTrace;
}

export interface AuthorizedFunctionUrlCall extends FunctionUrlCall {
  /** Absent with auth type NONE. */
  readonly caller?: IamCaller;
}
