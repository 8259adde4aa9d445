import {
  isAuthError,
  simpleResult,
  stageResource,
  wholeStagePolicy,
  type AuthErrorCode,
  type Principal,
  type PolicyResult,
  type SimpleResult,
  toAuthorizerContext,
} from '@gatehouse/auth';
import { readAuthorizerEvent, type AuthorizerEvent } from './event/authorizer-event.ts';

/** What a Lambda authorizer may return; everything else it says by throwing. */
export type AuthorizerResult = PolicyResult | SimpleResult;

/** Whether this API is open to the caller at all. What the caller may do in it, the handler's guard decides. */
export type Decision =
  | { readonly effect: 'Allow'; readonly principal: Principal; readonly usageIdentifierKey?: string }
  | { readonly effect: 'Deny'; readonly principalId: string; readonly code: DenyCode };

/** Why a caller gets an explicit Deny. */
export type DenyCode = 'AUTHORIZER_NO_SCOPE' | 'AUTHORIZER_ADDRESS_REFUSED';

/** What an authorizer reports of one request. Nothing in it comes from a credential or a header. */
export type Report =
  | { readonly outcome: 'allowed'; readonly principalKind: Principal['kind'] }
  | { readonly outcome: 'denied'; readonly code: DenyCode }
  | { readonly outcome: 'unauthenticated'; readonly code: AuthErrorCode; readonly detail: string | undefined }
  | { readonly outcome: 'outage'; readonly code: string; readonly error: unknown };

export interface AuthorizerOptions {
  /** Throws an AuthError of kind `unauthenticated`, or any other error for an outage. */
  readonly decide: (event: AuthorizerEvent) => Promise<Decision>;
  /** Answer HTTP API 2.0 events in the simple format. */
  readonly simpleResponses: boolean;
}

/** A Lambda authorizer: the gateway's event in, its answer out. */
export type Authorizer = (event: unknown, report: (report: Report) => void) => Promise<AuthorizerResult>;

/** API Gateway answers 401 to exactly this message, and 500 to any other. */
const UNAUTHENTICATED = 'Unauthorized';

/**
 * Makes a Lambda authorizer of a decision: reads the event, decides, and answers in the gateway's format for the whole API
 * and stage.
 *
 * The authorizer rejects with `Error("Unauthorized")` when the caller is not authenticated, and with an error whose message is
 * a code when keys or configuration are not available; never with another for anything that a client sent.
 */
export function createAuthorizer({ decide, simpleResponses }: AuthorizerOptions): Authorizer {
  return async (event, report) => {
    try {
      const known = readAuthorizerEvent(event);
      const resource = stageResource(known.arn);
      const decision = await decide(known);
      report(toReport(decision));
      return known.isVersion2 && simpleResponses ? toSimple(decision) : toPolicy(decision, resource);
    } catch (error) {
      throw refusal(error, report);
    }
  };
}

function toPolicy(decision: Decision, resource: string): PolicyResult {
  if (decision.effect === 'Deny') {
    return wholeStagePolicy('Deny', resource, { principalId: decision.principalId });
  }
  const { principal, usageIdentifierKey } = decision;
  return wholeStagePolicy('Allow', resource, {
    principalId: principal.subject,
    context: toAuthorizerContext(principal),
    ...(usageIdentifierKey !== undefined && { usageIdentifierKey }),
  });
}

function toSimple(decision: Decision): SimpleResult {
  return decision.effect === 'Deny'
    ? simpleResult('Deny')
    : simpleResult('Allow', toAuthorizerContext(decision.principal));
}

function toReport(decision: Decision): Report {
  return decision.effect === 'Allow'
    ? { outcome: 'allowed', principalKind: decision.principal.kind }
    : { outcome: 'denied', code: decision.code };
}

/** What is thrown carries a code at most: a message of ours could end up with the client, a cause's in a log. */
function refusal(error: unknown, report: (report: Report) => void): Error {
  if (isAuthError(error, 'unauthenticated')) {
    report({ outcome: 'unauthenticated', code: error.code, detail: error.detail });
    return new Error(UNAUTHENTICATED);
  }
  const code = isAuthError(error) ? error.code : 'AUTHORIZER_FAILED';
  report({ outcome: 'outage', code, error });
  return new Error(code);
}
