import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Secrets Manager and the deliveries table on loopback, as far as the receiver uses them. */
export interface FakeAws {
  /** Variables with which a function reaches both. */
  readonly environment: Readonly<Record<string, string>>;
  /** Rows by key, as the wire has them. */
  readonly rows: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** While true, the table answers 500. */
  isTableDown: boolean;
  readonly close: () => Promise<void>;
}

/** @param secrets by name: the current text, and the previous one where there is one. */
export async function startFakeAws(
  secrets: Readonly<Record<string, readonly [current: string, previous?: string]>>,
): Promise<FakeAws> {
  const rows = new Map<string, Record<string, unknown>>();
  const state = { isTableDown: false };

  const answer = (operation: string, input: Record<string, unknown>): readonly [number, object] => {
    if (operation === 'GetSecretValue') return readSecret(secrets, input);
    if (state.isTableDown) return [500, { __type: 'InternalServerError' }];
    const item = input['Item'] as Record<string, { S?: string; N?: string }>;
    const key = item['pk']?.S ?? '';
    const now = (input['ExpressionAttributeValues'] as Record<string, { N: string }>)[':now']?.N;
    const before = rows.get(key) as typeof item | undefined;
    if (before !== undefined && Number(before['expiresAt']?.N) >= Number(now))
      return [400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' }];
    rows.set(key, item);
    return [200, {}];
  };

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const [status, body] = answer(
        operation,
        JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>,
      );
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: endpoint,
    },
    rows,
    get isTableDown() {
      return state.isTableDown;
    },
    set isTableDown(value: boolean) {
      state.isTableDown = value;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readSecret(
  secrets: Readonly<Record<string, readonly [current: string, previous?: string]>>,
  input: Record<string, unknown>,
): readonly [number, object] {
  const versions = secrets[String(input['SecretId'])];
  const isPrevious = input['VersionStage'] === 'AWSPREVIOUS';
  const text = isPrevious ? versions?.[1] : versions?.[0];
  if (text === undefined) return [400, { __type: 'ResourceNotFoundException', message: 'not found' }];
  return [200, { SecretString: text, VersionId: isPrevious ? 'v1' : 'v2' }];
}
