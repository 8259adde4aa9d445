import type { LambdaResult } from '../response/lambda-result.ts';

/** A result as its front would send it. */
export interface ReadResult {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Partial<Record<string, readonly string[]>>>;
  /** `Set-Cookie` lines. */
  readonly cookies: readonly string[];
  readonly body: Uint8Array;
  readonly text: string;
  /** One header's values joined by `, `. */
  header(name: string): string | undefined;
  /** The body parsed; throws where it is not JSON. */
  json(): unknown;
}

export function readResult(result: LambdaResult): ReadResult {
  const headers: Partial<Record<string, string[]>> = {};
  for (const [name, value] of Object.entries(result.headers)) headers[name.toLowerCase()] = [value];
  if ('multiValueHeaders' in result) {
    for (const [name, values] of Object.entries(result.multiValueHeaders)) {
      headers[name.toLowerCase()] = [...values, ...(headers[name.toLowerCase()] ?? [])];
    }
  }
  if ('cookies' in result) headers['set-cookie'] = result.cookies;
  const body = Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8');
  const text = body.toString('utf8');
  return {
    status: result.statusCode,
    headers,
    cookies: headers['set-cookie'] ?? [],
    body,
    text,
    header: (name) => headers[name.toLowerCase()]?.join(', '),
    json: () => JSON.parse(text) as unknown,
  };
}
