import { createHash, createHmac } from 'node:crypto';
import type { RecordedHostState } from './recorded-host.ts';

/** What is sent to a service behind the functions, or to a function URL with AWS_IAM. */
export interface AwsRequest {
  readonly url: string;
  readonly method: string;
  readonly service: 'lambda' | 'dynamodb';
  readonly body?: string;
  /** Sent along unsigned, as SigV4 allows. */
  readonly headers?: Readonly<Record<string, string>>;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text, 'utf8').digest();

/**
 * Signs by Signature Version 4 with the host's own credentials and sends. Written out here, so that the client under test does
 * not vouch for itself.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function sendSigned(request: AwsRequest, { aws }: RecordedHostState): Promise<Response> {
  const { accessKeyId, secretAccessKey } = aws.credentials;
  const url = new URL(request.url);
  const body = request.body ?? '';
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${aws.region}/${request.service}/aws4_request`;
  // Every service but S3 has the path's segments encoded once more.
  const path = url.pathname.split('/').map(encodeURIComponent).join('/');
  const query = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).sort();
  const canonical = [
    request.method,
    path,
    query.join('&'),
    `host:${url.host}`,
    `x-amz-date:${time}`,
    '',
    'host;x-amz-date',
    sha256(body),
  ].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString('hex');
  return fetch(url, {
    method: request.method,
    headers: {
      ...request.headers,
      'x-amz-date': time,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    },
    ...(request.body !== undefined && { body }),
  });
}
