import type { GatewayRuntime } from '../gateway-runtime.ts';
import { headerValue } from './header-lines.ts';
import type { IncomingRequest } from './exchange.ts';

/** Where a front stands in AWS: `execute-api` for APIs, `lambda-url` for function URLs. */
export type FrontService = 'execute-api' | 'lambda-url';

const suffixes: Readonly<Record<FrontService, string>> = {
  'execute-api': 'amazonaws.com',
  'lambda-url': 'on.aws',
};

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])?$/i;

/**
 * `requestContext.domainName`: the host that was asked, without its port. On a loopback address that is the domain that AWS
 * gives the front, since functions tell the fronts apart by it (a function URL's event looks like an HTTP API's but for this).
 */
export function domainNameOf(
  request: IncomingRequest,
  runtime: Pick<GatewayRuntime, 'region'>,
  front: { readonly id: string; readonly service: FrontService },
): string {
  const host = (headerValue(request.headers, 'host') ?? '').replace(/:\d*$/, '');
  return loopback.test(host)
    ? `${front.id}.${front.service}.${runtime.region}.${suffixes[front.service]}`
    : host;
}
