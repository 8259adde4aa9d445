import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { isObject } from '../../assembly/json.ts';
import { AwsError } from './aws-error.ts';
import type { ParameterStore } from './parameter-store.ts';
import type { SecretsManager } from './secrets-manager.ts';

export interface AwsApiServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface AwsApiOptions {
  readonly secretsManager: SecretsManager;
  readonly parameterStore: ParameterStore;
  /** Told of every call that the host does not simulate, in words for the terminal. */
  readonly notice?: (text: string) => void;
}

type Operation = (input: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

const largestRequestBytes = 1024 * 1024;

/**
 * Serves the calls to AWS services other than DynamoDB on a free port of 127.0.0.1: reads of Secrets Manager and
 * Parameter Store by the AWS JSON 1.1 protocol. Every other call gets an error in AWS's shape that names the host, so
 * that a function never reaches the real service by mistake.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export async function startAwsApiServer(options: AwsApiOptions): Promise<AwsApiServer> {
  const { secretsManager, parameterStore } = options;
  const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
    ['secretsmanager.GetSecretValue', (input) => secretsManager.getSecretValue(input)],
    ['secretsmanager.DescribeSecret', (input) => secretsManager.describeSecret(input)],
    ['AmazonSSM.GetParameter', (input) => parameterStore.getParameter(input)],
    ['AmazonSSM.GetParameters', (input) => parameterStore.getParameters(input)],
    ['AmazonSSM.GetParametersByPath', (input) => parameterStore.getParametersByPath(input)],
  ]);

  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const target = incoming.headers['x-amz-target'];
    const operation = typeof target === 'string' ? operations.get(target) : undefined;
    if (operation === undefined) {
      incoming.resume();
      refuse(incoming, outgoing);
      return;
    }
    try {
      send(outgoing, 200, operation(parseInput(await readBody(incoming))));
    } catch (error) {
      const { type, message, status } =
        error instanceof AwsError ? error : new AwsError('InternalServiceError', String(error), 500);
      send(outgoing, status, { __type: type, message });
    }
  }

  function refuse(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const target = incoming.headers['x-amz-target'];
    const called = typeof target === 'string' ? target : `${incoming.method ?? ''} ${serviceOf(incoming)}`;
    const message = `gatehouse-local does not simulate ${called}`;
    options.notice?.(message);
    if (typeof target === 'string' || (incoming.headers['content-type'] ?? '').includes('json')) {
      send(outgoing, 400, { __type: 'UnknownOperationException', message });
      return;
    }
    const text = `<ErrorResponse><Error><Code>UnknownOperationException</Code><Message>${message}</Message></Error></ErrorResponse>`;
    outgoing.writeHead(400, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(text) });
    outgoing.end(text);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The service's name in the signature's credential scope: `.../20260101/us-east-1/sqs/aws4_request`. */
function serviceOf(incoming: IncomingMessage): string {
  const scope = /Credential=[^/]+\/\d+\/[^/]+\/([a-z0-9-]+)\//.exec(incoming.headers.authorization ?? '');
  return scope?.[1] ?? 'an AWS service';
}

function send(outgoing: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  const text = JSON.stringify(body);
  outgoing.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
  });
  outgoing.end(text);
}

function parseInput(text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text === '' ? '{}' : text);
  } catch {
    parsed = undefined;
  }
  if (isObject(parsed)) return parsed;
  throw new AwsError('SerializationException', 'The body is not a JSON object.');
}

function readBody(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > largestRequestBytes)
        reject(new AwsError('SerializationException', 'The body is too large.'));
      else chunks.push(chunk);
    });
    incoming.on('error', reject);
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
