import type { AwsCredentials } from '../config.ts';
import type { OutgoingRequest } from '../http/http-message.ts';
import { hmacSha256, sha256Hex } from './hash.ts';
import { signingKey } from './signing-key.ts';
import { toCanonicalRequest } from './canonical-request.ts';

/** Whom and when a signature is for. */
export interface SignOptions {
  /** Name in the credential scope: `lambda` for function URLs, `execute-api` for API Gateway. */
  readonly service: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly date: Date;
}

/**
 * Signs a request with AWS Signature Version 4, in headers. All headers of the request are signed but those that
 * proxies change; the body's hash always is, so that a body cannot be exchanged.
 *
 * Source: AWS Identity and Access Management user guide, "Create a signed AWS API request".
 * @returns the headers to add: `authorization`, `x-amz-date`, `x-amz-content-sha256`, and `x-amz-security-token` for
 * temporary credentials.
 */
export function signRequest(
  request: OutgoingRequest,
  options: SignOptions,
): Readonly<Record<string, string>> {
  const { service, region, credentials } = options;
  const timestamp = options.date.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = timestamp.slice(0, 8);
  const bodyHash = sha256Hex(request.body);
  const added: Record<string, string> = { 'x-amz-date': timestamp, 'x-amz-content-sha256': bodyHash };
  if (credentials.sessionToken !== undefined) added['x-amz-security-token'] = credentials.sessionToken;

  const canonical = toCanonicalRequest(
    { ...request, headers: { ...request.headers, ...added, host: request.url.host } },
    bodyHash,
  );
  const scope = `${day}/${region}/${service}/aws4_request`;
  const stringToSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256Hex(canonical.text)}`;
  const key = signingKey({ day, region, service, secretAccessKey: credentials.secretAccessKey });
  const signature = hmacSha256(key, stringToSign).toString('hex');
  added['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, ` +
    `SignedHeaders=${canonical.signedHeaders}, Signature=${signature}`;
  return added;
}
