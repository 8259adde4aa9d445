import { headerValue } from '../exchange/header-lines.ts';
import { invalidApiKey } from './refusals.ts';
import type { AuthorizedRestCall } from './rest-call.ts';

/**
 * Checks the API key of a method that needs one: a key that is enabled and that a usage plan lets onto the stage. It comes
 * from `x-api-key`, or from the authorizer's `usageIdentifierKey`; so the authorizer was asked before.
 *
 * @throws RestRefusal 403 `Forbidden`
 */
export function checkApiKey(call: AuthorizedRestCall): AuthorizedRestCall {
  if (!call.method.apiKeyRequired) return call;
  const fromAuthorizer = call.api.apiKeySource === 'AUTHORIZER';
  const value = fromAuthorizer
    ? call.caller.kind === 'lambda'
      ? call.caller.usageIdentifierKey
      : undefined
    : headerValue(call.request.headers, 'x-api-key');
  const key = call.api.apiKeys?.find((candidate) => candidate.value === value);
  const refuse = (reason: string): never => {
    throw invalidApiKey({ step: 'api-key', reason });
  };
  if (value === undefined) {
    return refuse(
      fromAuthorizer ? 'the authorizer gave no usageIdentifierKey' : 'the header x-api-key is missing',
    );
  }
  if (key === undefined) return refuse('no usage plan of the API has the key');
  if (!key.enabled) return refuse(`the key ${key.id} is disabled`);
  if (!key.stageNames.includes(call.stage.name)) {
    return refuse(`no usage plan lets the key ${key.id} onto the stage ${call.stage.name}`);
  }
  return { ...call, apiKey: { id: key.id, value: key.value } };
}
