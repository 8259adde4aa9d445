import { Agent, request } from 'node:http';
import { request as requestTls } from 'node:https';

/** Calls DynamoDB or DynamoDB Streams by the AWS JSON 1.0 protocol. */
export interface DynamoDbClient {
  /**
   * @param target such as `DynamoDB_20120810.CreateTable`.
   * @throws DynamoDbError for an answer that is not 200, and what the connection throws.
   */
  call(target: string, body: unknown): Promise<unknown>;
  close(): void;
}

/** An error answer of DynamoDB. */
export class DynamoDbError extends Error {
  /** Such as `ResourceInUseException`. */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'DynamoDbError';
    this.type = type;
  }
}

/**
 * A client for an engine on this machine, which asks for a signature's form and does not check it. A real endpoint
 * would refuse it.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
export function createDynamoDbClient(endpoint: string, region: string): DynamoDbClient {
  const url = new URL(endpoint);
  const agent = url.protocol === 'http:' ? new Agent({ keepAlive: true }) : undefined;
  const authorization =
    `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, ` +
    'SignedHeaders=host;x-amz-date, Signature=0000000000000000000000000000000000000000000000000000000000000000';

  async function call(target: string, body: unknown): Promise<unknown> {
    const { status, text } = await post(target, JSON.stringify(body));
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    if (status === 200) return answer;
    const { __type: type = 'UnknownError', message, Message } = answer as Record<string, string | undefined>;
    throw new DynamoDbError(type.slice(type.lastIndexOf('#') + 1), message ?? Message ?? `status ${status}`);
  }

  function post(target: string, body: string): Promise<{ readonly status: number; readonly text: string }> {
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'http:' ? request : requestTls;
      const outgoing = send(
        url,
        {
          method: 'POST',
          ...(agent === undefined ? {} : { agent }),
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'content-length': Buffer.byteLength(body),
            'x-amz-target': target,
            'x-amz-date': '20260101T000000Z',
            authorization,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  return { call, close: () => agent?.destroy() };
}
