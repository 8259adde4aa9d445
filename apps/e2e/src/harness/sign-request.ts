import { createHash, createHmac } from 'node:crypto';
import type { HostState } from './local-host.ts';

export interface Signer {
  readonly region: string;
  readonly credentials: HostState['aws']['credentials'];
}

/**
 * The headers that sign a request without a body to an API with SigV4, as the IAM user guide's "Create a signed AWS API request"
 * says: written from there, so that it agrees with AWS and not with the host.
 */
export function signedHeaders(
  method: string,
  url: string,
  { region, credentials }: Signer,
): Readonly<Record<string, string>> {
  const { host, pathname, searchParams } = new URL(url);
  const time = new Date().toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  searchParams.sort();
  const request = [
    method,
    pathname,
    searchParams.toString(),
    `host:${host}`,
    `x-amz-date:${time}`,
    '',
    'host;x-amz-date',
    sha256(''),
  ].join('\n');
  const scope = `${day}/${region}/execute-api/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n');
  const key = [day, region, 'execute-api', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  );
  const authorization = [
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}`,
    'SignedHeaders=host;x-amz-date',
    `Signature=${hmac(key, text).toString('hex')}`,
  ].join(', ');
  return { 'x-amz-date': time, authorization };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
