import type { HttpProxyModel } from '../../model/app-model.ts';
import type { ResponseHeader } from '../exchange/exchange.ts';
import { headerValue } from '../exchange/header-lines.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';
import { fillUri, forwardRequest, parseBackendUrl } from '../integration/forward-request.ts';
import { traceStep } from '../trace-step.ts';
import type { AuthorizedHttpCall } from './http-call.ts';
import type { HttpEnding } from './http-ending.ts';
import { HttpRefusal } from './http-refusal.ts';
import { mapHttpParameters } from './map-parameters.ts';

/** Headers of the client's connection, and those that the gateway writes itself. */
const NOT_FORWARDED = new Set([
  'connection',
  'content-length',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/**
 * The HTTP proxy integration: the request goes to the backend as it is, but for the mapped parameters.
 *
 * @throws HttpRefusal 500 for a URI that is none, 503 when the backend does not answer.
 */
export async function forwardHttpCall(
  runtime: GatewayRuntime,
  call: AuthorizedHttpCall,
  integration: HttpProxyModel,
): Promise<HttpEnding> {
  const { request, stage } = call;
  const parameters = call.pathParameters.map(([name, value]) => [name, encodePath(value)] as const);
  const url = parseBackendUrl(fillUri(integration.uri, Object.fromEntries(parameters), stage.variables));
  if (url === undefined) {
    throw new HttpRefusal(500, {
      step: 'integration',
      reason: "the integration's URI is no http or https URL",
    });
  }
  url.search = [url.search.slice(1), request.rawQuery].filter((part) => part !== '').join('&');
  const mapped = mapHttpParameters(call, integration.requestParameters, {
    url,
    headers: clientHeaders(call),
  });
  const sentAtMs = runtime.clock();
  const outcome = await forwardRequest(runtime, {
    url: mapped.url,
    method: integration.httpMethod === 'ANY' ? request.method : integration.httpMethod,
    headers: mapped.headers,
    body: request.body,
    timeoutMs: integration.timeoutMs,
  });
  const latencyMs = runtime.clock() - sentAtMs;
  if (outcome.kind !== 'response') {
    const reason =
      outcome.kind === 'gateway-timeout'
        ? `the backend did not answer within ${integration.timeoutMs} ms`
        : `the backend ${url.host} cannot be reached: ${outcome.reason}`;
    throw new HttpRefusal(503, { step: 'integration', reason, integration: { latencyMs } });
  }
  const { response } = outcome;
  const { status } = response;
  traceStep(runtime, call, { stage: 'integration', outcome: 'pass', detail: { backend: url.host, status } });
  return { response, integration: { status, integrationStatus: status, latencyMs } };
}

/** The client's headers with `Forwarded` (RFC 7239) and `Via`, where a REST API has X-Forwarded-*. */
function clientHeaders({ request, trace }: AuthorizedHttpCall): ResponseHeader[] {
  const own = request.headers
    .filter(({ key }) => !NOT_FORWARDED.has(key) && key !== 'x-amzn-trace-id')
    .map(({ name, value }) => [name, value] as const);
  return [
    ...own,
    ['Forwarded', `for=${request.sourceIp};host=${headerValue(request.headers, 'host') ?? ''};proto=https`],
    ['Via', 'HTTP/1.1 AmazonAPIGateway'],
    ['X-Amzn-Trace-Id', trace.eventHeader],
  ];
}

/** A decoded parameter for a URL's path; the slashes of a greedy one stay. */
function encodePath(value: string): string {
  return value.split('/').map(encodeURIComponent).join('/');
}
