/** The limit: the same answers by hand, for one front at a time, with nothing that this input does not need. */

interface BareEvent {
  readonly httpMethod?: string;
  readonly path?: string;
  readonly rawPath?: string;
  readonly requestContext: { readonly http?: { readonly method: string } };
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded: boolean;
}

const ORIGIN = 'https://app.example.com';
const EMAIL = /^[\w+-]+(?:\.[\w+-]+)*@[\da-z]+(?:[.-][\da-z]+)*\.[a-z]{2,}$/iu;

function answer(statusCode: number, headers: Record<string, string>, body: unknown) {
  headers['content-type'] = 'application/json';
  return { statusCode, headers, body: JSON.stringify(body), isBase64Encoded: false };
}

function createUser(event: BareEvent, headers: Record<string, string>) {
  let input: { readonly email?: unknown; readonly name?: unknown };
  try {
    const text = event.body ?? '';
    input = JSON.parse(event.isBase64Encoded ? Buffer.from(text, 'base64').toString() : text) as typeof input;
  } catch {
    return answer(400, headers, { code: 'INVALID' });
  }
  const { email, name } = input;
  const isValid =
    typeof email === 'string' &&
    EMAIL.test(email) &&
    typeof name === 'string' &&
    name.length > 0 &&
    name.length <= 100;
  if (!isValid) return answer(400, headers, { code: 'INVALID' });
  headers['location'] = '/users/1';
  return answer(201, headers, { id: '1', email, name });
}

// eslint-disable-next-line @typescript-eslint/require-await -- a Lambda handler is asynchronous by its interface
export async function handler(event: BareEvent) {
  const method = event.httpMethod ?? event.requestContext.http?.method ?? '';
  const path = event.path ?? event.rawPath ?? '';
  const origin = event.headers['origin'];
  const headers: Record<string, string> = { vary: 'Origin' };
  if (origin === ORIGIN) headers['access-control-allow-origin'] = origin;
  if (method === 'OPTIONS') {
    headers['access-control-allow-methods'] = 'GET, HEAD, POST';
    headers['access-control-allow-headers'] = 'authorization, content-type';
    headers['access-control-max-age'] = '600';
    return { statusCode: 204, headers, body: '', isBase64Encoded: false };
  }
  if (path === '/hello') {
    const name = event.queryStringParameters?.['name'] ?? 'World';
    return answer(200, headers, { message: `Hello, ${name}!`, path, method });
  }
  if (path === '/users' && method === 'POST') return createUser(event, headers);
  if (!path.startsWith('/users/')) return answer(404, headers, { code: 'NOT_FOUND' });
  if (method === 'DELETE') return { statusCode: 204, headers, body: '', isBase64Encoded: false };
  return answer(200, headers, { id: decodeURIComponent(path.slice(7)) });
}
