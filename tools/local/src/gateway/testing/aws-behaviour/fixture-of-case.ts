import type { HttpCorsModel, HttpRouteModel, RestMethodModel } from '../../../model/app-model.ts';
import { echoEvent } from '../fake-invoker.ts';
import { functionUrl, httpApi, httpRoute, httpRouteV1, restApi, restMethod } from '../models.ts';
import type { RawRequest } from '../raw-request.ts';
import type { GatewayFixture } from '../start-gateway.ts';
import type { BehaviourCase } from './cases.ts';

/** The members of a setup that are read here. What a case says by any other needs a special case. */
const READ_MEMBERS = new Set([
  'api',
  'authType',
  'binaryMediaTypes',
  'cors',
  // Of no effect on one machine.
  'endpointType',
  'integration',
  'invokeMode',
  'lambda',
  'lambdaReturns',
  'payload',
  'resource',
  'resources',
  'route',
  'routes',
  'stage',
]);

/** Throws when the generic fixture would leave something of the setup unread. */
export function assertReadable({ id, setup }: BehaviourCase): void {
  const unread = Object.keys(setup).filter((member) => !READ_MEMBERS.has(member));
  if (unread.length > 0) throw new Error(`${id} sets up ${unread.join(', ')}, which needs a special case`);
  if (setup['integration'] !== undefined && setup['integration'] !== 'AWS_PROXY') {
    throw new Error(`${id} has an integration that needs a special case`);
  }
}

/** What a case sets up, as far as its own words tell. */
export function toFixture(subject: BehaviourCase): GatewayFixture {
  const { setup, request } = subject;
  const handler = toHandler(subject);
  if (subject.area === 'function-url') {
    const cors = setup['cors'] === undefined ? {} : { cors: toCors(setup['cors']) };
    const { authType = 'NONE', invokeMode = 'BUFFERED' } = setup;
    return { url: functionUrl({ authType, invokeMode, ...cors }), handler };
  }
  if (String(setup['api']).startsWith('HTTP')) {
    const cors = typeof setup['cors'] === 'object' ? { cors: toCors(setup['cors']) } : {};
    const named =
      typeof setup['stage'] === 'string' && setup['stage'] !== '$default' ? setup['stage'] : undefined;
    const stages = named === undefined ? {} : { stages: [{ name: named, variables: {} }] };
    return { http: httpApi({ routes: toRoutes(subject), ...cors, ...stages }), handler };
  }
  const [stage = 'test'] = String(request['path']).slice(1).split(/[/?]/);
  const stages = [{ name: stage, variables: {}, accessLogFormat: CONTEXT_FORMAT }];
  const binaryMediaTypes = Array.isArray(setup['binaryMediaTypes']) ? setup['binaryMediaTypes'] : [];
  return { rest: restApi({ stages, methods: toMethods(subject), binaryMediaTypes }), handler };
}

/** The `$context` variables that cases look at, as one line of JSON. */
const CONTEXT_VARIABLES = [
  'error.message',
  'error.responseType',
  'integration.error',
  'integration.integrationStatus',
  'integration.status',
  'status',
];
const CONTEXT_FORMAT = `{${CONTEXT_VARIABLES.map((name) => `"${name}":"$context.${name}"`).join(',')}}`;

/** What a case sends. Lists of header values are sent on one line, as the recording clients did. */
export function toRequest({ request, expected }: BehaviourCase): RawRequest {
  const headers = Object.entries(request['headers'] ?? {}).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : String(value),
  ]);
  const body = request['body'] === undefined ? undefined : String(request['body']);
  return {
    method: request['method'],
    path: request['path'],
    headers: Object.fromEntries(headers),
    keepAlive: (expected['headers']?.Connection ?? expected['headers']?.connection) === 'keep-alive',
    ...(body === undefined ? {} : { body }),
  };
}

function toHandler({ setup, expected }: BehaviourCase): (event: unknown) => unknown {
  if (`${String(setup['lambdaReturns'])} ${String(setup['lambda'])}`.includes('throws')) {
    return () => {
      throw new TypeError('the function fails');
    };
  }
  if ('lambdaReturns' in setup) return () => setup['lambdaReturns'];
  if (expected['matched'] !== undefined) {
    return (event) => {
      const { resource, routeKey } = event as Record<string, string>;
      return { statusCode: 200, body: String(routeKey ?? resource) };
    };
  }
  return echoEvent;
}

function toMethods({ setup, request }: BehaviourCase): readonly RestMethodModel[] {
  const declared: readonly string[] =
    setup['resources'] ?? (setup['resource'] === undefined ? [] : [setup['resource']]);
  if (declared.length > 0) return declared.flatMap((key) => expandMethods(key));
  const [, ...rest] = String(request['path']).split('?')[0]?.slice(1).split('/') ?? [];
  return [restMethod(`ANY /${rest.join('/')}`)];
}

/** `POST|GET /a` -> two methods. */
function expandMethods(key: string): readonly RestMethodModel[] {
  const [methods = 'ANY', path = '/'] = key.split(' ');
  return methods.split('|').map((method) => restMethod(`${method} ${path}`));
}

function toRoutes({ setup, request, expected }: BehaviourCase): readonly HttpRouteModel[] {
  const declared: readonly string[] =
    setup['routes'] ??
    (setup['route'] !== undefined
      ? [setup['route']]
      : [expected['event']?.routeKey ?? `ANY ${String(request['path']).split('?')[0] ?? '/'}`]);
  const isV1 = `${String(setup['payload'])} ${String(setup['api'])}`.includes('1.0');
  return declared.map((key) => (isV1 ? httpRouteV1(key) : httpRoute(key)));
}

/** Both spellings: `allowOrigins` of an HTTP API, `AllowOrigins` of a function URL; a word alone configures nothing. */
function toCors(declared: unknown): HttpCorsModel {
  const members = Object.entries(typeof declared === 'object' && declared !== null ? declared : {});
  const member = (name: string): unknown =>
    members.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const list = (name: string): readonly string[] => (member(name) ?? []) as readonly string[];
  return {
    allowOrigins: list('allowOrigins'),
    allowMethods: list('allowMethods'),
    allowHeaders: list('allowHeaders'),
    exposeHeaders: list('exposeHeaders'),
    allowCredentials: member('allowCredentials') === true,
  };
}
