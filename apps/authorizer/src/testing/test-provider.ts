import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestCertificate } from './test-certificate.ts';

/** What the built bundle reaches on loopback: an identity provider over https, and Secrets Manager. */
export interface TestProvider {
  /** `https://127.0.0.1:<port>`; the key set is at `/jwks`, introspection at `/introspect`. */
  readonly origin: string;
  /** Variables with which the bundle reaches both. */
  readonly environment: Readonly<Record<string, string>>;
  /** Paths that were asked for, in order; `secret:<name>` for secrets. */
  readonly requests: string[];
  /** While true, every answer is 503. */
  isDown: boolean;
  readonly close: () => Promise<void>;
}

export interface TestProviderOptions {
  readonly jwks: { readonly keys: readonly object[] };
  /** Secret texts by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Answers of the introspection endpoint, by token. Default: inactive. */
  readonly introspect?: (token: string) => object;
}

/** Starts both on free ports. */
export async function startTestProvider(options: TestProviderOptions): Promise<TestProvider> {
  const requests: string[] = [];
  const state = { isDown: false };
  const { key, cert } = createTestCertificate();
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-authorizer-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, cert);

  const answer = async (request: IncomingMessage): Promise<readonly [status: number, body: object]> => {
    const body = await textOf(request);
    const path = request.url ?? '';
    const secretId = path === '/' ? (JSON.parse(body) as { SecretId: string }).SecretId : undefined;
    requests.push(secretId === undefined ? path : `secret:${secretId}`);
    if (state.isDown) return [503, {}];
    if (path === '/jwks') return [200, options.jwks];
    if (path === '/introspect') {
      const token = new URLSearchParams(body).get('token') ?? '';
      return [200, options.introspect?.(token) ?? { active: false }];
    }
    return secretAnswer(options.secrets, body);
  };
  const listener: Parameters<typeof createHttpServer>[1] = (request, response) => {
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  };

  const https = createHttpsServer({ key, cert }, listener);
  const http = createHttpServer(listener);
  const httpsPort = await listen(https);
  const httpPort = await listen(http);
  return {
    origin: `https://127.0.0.1:${httpsPort}`,
    environment: {
      NODE_EXTRA_CA_CERTS: caFile,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${httpPort}`,
    },
    requests,
    get isDown() {
      return state.isDown;
    },
    set isDown(value: boolean) {
      state.isDown = value;
    },
    close: async () => {
      await Promise.all([close(https), close(http)]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** GetSecretValue of AWS JSON 1.1: the current version alone. */
function secretAnswer(
  secrets: Readonly<Record<string, string>>,
  body: string,
): readonly [status: number, body: object] {
  const { SecretId, VersionStage } = JSON.parse(body) as { SecretId: string; VersionStage?: string };
  const text = secrets[SecretId];
  return text === undefined || VersionStage === 'AWSPREVIOUS'
    ? [400, { __type: 'ResourceNotFoundException', message: 'not found' }]
    : [200, { ARN: SecretId, Name: SecretId, SecretString: text, VersionId: 'v1' }];
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function listen(server: Server): Promise<number> {
  return new Promise((settle) => {
    server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port));
  });
}

function close(
  server: ReturnType<typeof createHttpServer> | ReturnType<typeof createHttpsServer>,
): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
