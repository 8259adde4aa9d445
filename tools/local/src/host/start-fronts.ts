import { LocalError } from '../errors.ts';
import { createFunctionUrlServer } from '../gateway/function-url/function-url-server.ts';
import type { GatewayDependencies, GatewayServer } from '../gateway/gateway-dependencies.ts';
import { createHttpApiServer } from '../gateway/http/http-api-server.ts';
import { createRestApiServer } from '../gateway/rest/rest-api-server.ts';
import type { AppModel, StageModel } from '../model/app-model.ts';
import { systemErrorCode } from '../system-error-code.ts';
import type { LocalOrigins } from './local-urls.ts';

/** An API's stage or a function URL, as the state file lists it. */
export interface ApiFront {
  readonly name: string;
  readonly kind: 'http' | 'rest';
  readonly url: string;
  readonly stage: string;
}

export interface FunctionUrlFront {
  readonly name: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly url: string;
}

/** Everything that callers reach. */
export interface Fronts {
  readonly apis: readonly ApiFront[];
  readonly functionUrls: readonly FunctionUrlFront[];
  readonly origins: LocalOrigins;
  close(): Promise<void>;
}

/**
 * Listens for every API and function URL, one port each: from `firstPort` on in the model's order, REST APIs first,
 * then HTTP APIs, then URLs; 0 takes free ones.
 *
 * @throws LocalError PORT_IN_USE
 */
export async function startFronts(
  model: AppModel,
  deps: GatewayDependencies,
  firstPort: number,
): Promise<Fronts> {
  const servers: GatewayServer[] = [];
  const origins = new Map<string, string>();
  const start = async (server: GatewayServer, id: string): Promise<string> => {
    const port = firstPort === 0 ? 0 : firstPort + servers.length;
    servers.push(server);
    const bound = await listenOn(server, port);
    const origin = `http://127.0.0.1:${bound}`;
    origins.set(id, origin);
    return origin;
  };
  try {
    const rest = model.restApis.map(async (api) => {
      const origin = await start(createRestApiServer(api, deps), api.id);
      return api.stages.map((stage) => toApiFront('rest', { name: api.name, stage, origin }));
    });
    const http = model.httpApis.map(async (api) => {
      const origin = await start(createHttpApiServer(api, deps), api.id);
      return api.stages.map((stage) => toApiFront('http', { name: api.name, stage, origin }));
    });
    const urls = model.functionUrls.map(async (url) => {
      const origin = await start(createFunctionUrlServer(url, deps), url.id);
      return { name: url.name, authType: url.authType, url: origin };
    });
    const [apis, functionUrls] = await Promise.all([Promise.all([...rest, ...http]), Promise.all(urls)]);
    return { apis: apis.flat(), functionUrls, origins, close: () => closeAll(servers) };
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
}

/**
 * Listens, and names the port that is taken.
 *
 * @throws LocalError PORT_IN_USE
 */
export async function listenOn(
  server: { listen(port: number): Promise<{ readonly port: number }> },
  port: number,
): Promise<number> {
  try {
    return (await server.listen(port)).port;
  } catch (cause) {
    if (systemErrorCode(cause) !== 'EADDRINUSE') throw cause;
    throw new LocalError('PORT_IN_USE', `Port ${port} of 127.0.0.1 is in use.`, {
      cause,
      hint: 'Give another --port-base, or 0 for free ports.',
    });
  }
}

async function closeAll(servers: readonly GatewayServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.close()));
}

function toApiFront(
  kind: ApiFront['kind'],
  { name, stage, origin }: { readonly name: string; readonly stage: StageModel; readonly origin: string },
): ApiFront {
  const url = stage.name === '$default' ? origin : `${origin}/${stage.name}`;
  return { name, kind, url, stage: stage.name };
}
