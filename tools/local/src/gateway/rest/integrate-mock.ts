import type { MockResponseModel, RestIntegrationModel } from '../../model/app-model.ts';
import { type OutgoingResponse, type ResponseHeader, textBody } from '../exchange/exchange.ts';
import { headerValue } from '../exchange/header-lines.ts';
import { integrationConfigurationError } from './refusals.ts';
import { remapHeaders } from './remap-headers.ts';
import type { AuthorizedRestCall } from './rest-call.ts';

type MockIntegration = Extract<RestIntegrationModel, { type: 'MOCK' }>;

/** `{"statusCode": 204}`, also with an unquoted name, as the service accepts it. */
const STATUS_TEMPLATE = /^\s*\{\s*["']?statusCode["']?\s*:\s*["']?(\d{3})["']?\s*\}\s*$/;

/**
 * The MOCK integration: the request template names a status, the integration response of that status answers. Templates
 * are taken as they stand; one that holds a VTL expression is a configuration error here, told in the trace.
 *
 * @throws RestRefusal 500
 */
export function answerMock(call: AuthorizedRestCall, integration: MockIntegration): OutgoingResponse {
  const contentType = headerValue(call.request.headers, 'content-type') ?? 'application/json';
  const template = pickTemplate(integration.requestTemplates, contentType);
  const status = STATUS_TEMPLATE.exec(template ?? '')?.[1];
  if (status === undefined) {
    throw integrationConfigurationError({
      reason: 'the request template of the MOCK integration is not of the form {"statusCode": 200}',
    });
  }
  const response =
    integration.responses.find((candidate) => matchesStatus(candidate, status)) ??
    integration.responses.find((candidate) => candidate.selectionPattern === undefined);
  if (response === undefined) {
    throw integrationConfigurationError({ reason: `no integration response takes the status ${status}` });
  }
  return toResponse(response);
}

function matchesStatus(response: MockResponseModel, status: string): boolean {
  const { selectionPattern } = response;
  if (selectionPattern === undefined) return String(response.statusCode) === status;
  try {
    return new RegExp(`^(?:${selectionPattern})$`).test(status);
  } catch {
    return false;
  }
}

function toResponse(response: MockResponseModel): OutgoingResponse {
  const [contentType, body] = Object.entries(response.templates)[0] ?? ['application/json', ''];
  if (/[$#]/.test(body)) {
    throw integrationConfigurationError({
      reason: 'a response template of the MOCK integration holds a VTL expression',
    });
  }
  const headers: ResponseHeader[] = remapHeaders(Object.entries(response.headers));
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    headers.unshift(['Content-Type', contentType]);
  }
  return { status: response.statusCode, headers, body: textBody(body) };
}

/** By the request's media type, else `application/json`, else the only one. */
function pickTemplate(templates: Readonly<Record<string, string>>, contentType: string): string | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return templates[type] ?? templates['application/json'] ?? Object.values(templates)[0];
}
