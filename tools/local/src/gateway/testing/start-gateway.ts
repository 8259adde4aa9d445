import type { TraceEvent } from '../../trace/trace-sink.ts';
import type { FunctionUrlModel, HttpApiModel, RestApiModel } from '../../model/app-model.ts';
import { createFunctionUrlServer } from '../function-url/function-url-server.ts';
import type { AccessLogEntry, GatewayDependencies, GatewayServer } from '../gateway-dependencies.ts';
import { createHttpApiServer } from '../http/http-api-server.ts';
import { createRestApiServer } from '../rest/rest-api-server.ts';
import { createFakeInvoker, type FakeFunction, type FakeInvoker } from './fake-invoker.ts';
import { AUTHORIZER_ARN, FUNCTION_ARN } from './models.ts';
import { type RawRequest, type RawResponse, sendRequest } from './raw-request.ts';

export interface StartedGateway {
  readonly port: number;
  readonly invoker: FakeInvoker;
  readonly trace: readonly TraceEvent[];
  readonly accessLog: readonly AccessLogEntry[];
  send(request: RawRequest): Promise<RawResponse>;
}

export interface GatewayFixture {
  readonly rest?: RestApiModel;
  readonly http?: HttpApiModel;
  readonly url?: FunctionUrlModel;
  /** The function behind the front. Default: an empty object. */
  readonly handler?: FakeFunction;
  readonly authorizer?: FakeFunction;
  readonly dependencies?: Partial<GatewayDependencies>;
}

const started: GatewayServer[] = [];

/** Starts one front on a free port, with functions that run here. `closeGateways` ends them all. */
export async function startGateway(fixture: GatewayFixture): Promise<StartedGateway> {
  const { rest, http, url, handler = () => ({}), authorizer = () => null } = fixture;
  const invoker = createFakeInvoker({ [FUNCTION_ARN]: handler, [AUTHORIZER_ARN]: authorizer });
  const trace: TraceEvent[] = [];
  const accessLog: AccessLogEntry[] = [];
  const dependencies: GatewayDependencies = {
    invoker,
    partition: 'aws',
    region: 'eu-west-1',
    accountId: '123456789012',
    trace: (event) => trace.push(event),
    accessLog: (entry) => accessLog.push(entry),
    ...fixture.dependencies,
  };
  const server =
    rest !== undefined
      ? createRestApiServer(rest, dependencies)
      : http !== undefined
        ? createHttpApiServer(http, dependencies)
        : url !== undefined
          ? createFunctionUrlServer(url, dependencies)
          : undefined;
  if (server === undefined) throw new TypeError('the fixture has no front');
  started.push(server);
  const { port } = await server.listen(0);
  return { port, invoker, trace, accessLog, send: (request) => sendRequest(port, request) };
}

/** For `afterEach`. */
export async function closeGateways(): Promise<void> {
  await Promise.all(started.splice(0).map((server) => server.close()));
}
