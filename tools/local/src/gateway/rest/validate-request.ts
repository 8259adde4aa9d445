import { headerValue } from '../exchange/header-lines.ts';
import type { BodyValidator } from './body-validator.ts';
import { parseRestQuery } from './event-parts.ts';
import { badRequestBody, badRequestParameters, integrationConfigurationError } from './refusals.ts';
import type { AuthorizedRestCall } from './rest-call.ts';

/**
 * Checks what the method's request validator demands: parameters first, then the body.
 *
 * @throws RestRefusal 400; 500 when a model cannot be used.
 */
export async function validateRestRequest(validator: BodyValidator, call: AuthorizedRestCall): Promise<void> {
  const { validation } = call.method;
  if (validation === undefined) return;
  checkParameters(call, validation.requiredParameters);
  const model = pickModel(validation.bodyModels, headerValue(call.request.headers, 'content-type'));
  if (model !== undefined) await checkBody(validator, call, model);
}

/** Missing and blank ones are named together, in the alphabetical order of `method.request.*`: header, path, query. */
function checkParameters(call: AuthorizedRestCall, required: readonly string[]): void {
  const missing = required
    .toSorted()
    .filter((parameter) => (parameterValue(call, parameter) ?? '').trim() === '')
    .map((parameter) => parameter.replace(/^method\.request\.[a-z]+\./, ''));
  if (missing.length === 0) return;
  const message = `Missing required request parameters: [${missing.join(', ')}]`;
  throw badRequestParameters(message, { step: 'validation', reason: message, validationError: message });
}

function parameterValue(call: AuthorizedRestCall, parameter: string): string | undefined {
  const [, location, name = ''] = /^method\.request\.(header|path|querystring)\.(.+)$/.exec(parameter) ?? [];
  switch (location) {
    case 'header':
      return headerValue(call.request.headers, name.toLowerCase());
    case 'path':
      return call.pathParameters.find(([key]) => key === name)?.[1];
    case 'querystring':
      return parseRestQuery(call.request.rawQuery).find(([key]) => key === name)?.[1];
    default:
      return undefined;
  }
}

/** By media type; `$default` takes any other. Without a model nothing is checked. */
function pickModel(
  models: Readonly<Record<string, string>>,
  contentType = 'application/json',
): string | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return models[type] ?? models['$default'];
}

async function checkBody(validator: BodyValidator, call: AuthorizedRestCall, model: string): Promise<void> {
  const invalid = (detail: string): never => {
    const reason = `the body is not what the model ${model} describes: ${detail}`;
    throw badRequestBody({ step: 'validation', reason, validationError: detail });
  };
  const text = Buffer.from(call.request.body).toString('utf8');
  let value: unknown;
  try {
    // A missing body is an empty object to the validator.
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    invalid('it is not JSON');
  }
  const isValid = await validator(model, value).catch((error: unknown) => {
    throw integrationConfigurationError({ reason: `the model ${model} cannot be used: ${String(error)}` });
  });
  if (!isValid) invalid('a rule of the schema fails');
}
