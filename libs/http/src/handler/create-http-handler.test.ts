import * as v from 'valibot';
import { createHttpHandler } from './create-http-handler.ts';
import { defineContract } from '../contract/define-contract.ts';
import type { Handlers } from '../contract/handlers.ts';
import { cors } from '../features/cors/cors.ts';
import { guard } from '../guard/guard.ts';
import { problem } from '../problem/problem.ts';
import { EVENT_BUILDERS, FRONTS, httpApiV2Event, readResult, restEvent } from '../testing/index.ts';
import type { RequestSpec } from '../testing/index.ts';
import type { HttpHandlerOptions, RequestEnd } from './options.ts';

const user = v.object({ id: v.string(), email: v.string() });
const contract = defineContract({
  hello: {
    method: 'GET',
    path: '/hello',
    summary: 'Greets',
    access: { kind: 'public' },
    request: { query: v.object({ name: v.optional(v.pipe(v.string(), v.maxLength(10)), 'World') }) },
    responses: { 200: { description: 'A greeting', body: v.object({ message: v.string() }) } },
  },
  createUser: {
    method: 'POST',
    path: '/users',
    summary: 'Creates',
    access: { kind: 'scopes', anyOf: ['users:write'] },
    request: { body: v.object({ email: v.pipe(v.string(), v.email()) }) },
    responses: {
      201: { description: 'Created', body: user },
      409: { description: 'Taken', problems: ['USERS_EMAIL_TAKEN'] },
    },
  },
  getMe: {
    method: 'GET',
    path: '/users/me',
    summary: 'Me',
    access: { kind: 'scopes', anyOf: ['users:read'] },
    responses: { 200: { description: 'The caller', body: user } },
  },
  getUser: {
    method: 'GET',
    path: '/users/{id}',
    summary: 'Gets',
    access: { kind: 'scopes', anyOf: ['users:read', 'users:admin'] },
    responses: { 200: { description: 'A user', body: user } },
  },
  deleteUser: {
    method: 'DELETE',
    path: '/users/{id}',
    summary: 'Deletes',
    access: { kind: 'internal', anyOf: ['users:internal'] },
    responses: { 204: { description: 'Gone' } },
  },
});

interface Principal {
  readonly kind: 'user' | 'service';
  readonly sub: string;
  readonly scopes: readonly string[];
  readonly expiresAtSeconds?: number;
}

const handlers: Handlers<typeof contract, Principal> = {
  hello: ({ query }) => ({ status: 200, body: { message: `Hello, ${query.name}!` } }),
  createUser: ({ body, principal }) => {
    if (body.email === 'taken@example.com') throw new RangeError('taken');
    if (body.email === 'broken@example.com') throw new Error('the password of the database is hunter2');
    return {
      status: 201,
      headers: { Location: '/users/1' },
      body: { id: principal.sub, email: body.email },
    };
  },
  getMe: ({ principal }) => ({ status: 200, body: { id: principal.sub, email: 'me@example.com' } }),
  getUser: async ({ params }) => ({ status: 200, body: { id: params.id, email: 'x@example.com' } }),
  deleteUser: () => ({ status: 204 }),
};

const NOW_MS = 1_790_000_000_000;
let ends: RequestEnd[];
let principal: Principal | undefined;

function createHandler(options: Partial<HttpHandlerOptions<typeof contract, Principal>> = {}) {
  return createHttpHandler<typeof contract, Principal>({
    contract,
    handlers,
    guard: guard({ authenticate: () => principal }),
    mapError: (error) =>
      error instanceof RangeError ? problem({ status: 409, code: 'USERS_EMAIL_TAKEN' }) : undefined,
    clock: () => NOW_MS,
    onRequestEnd: (end) => ends.push(end),
    features: [cors({ origins: ['https://app.example.com'] })],
    ...options,
  });
}

beforeEach(() => {
  ends = [];
  principal = { kind: 'user', sub: 'alice', scopes: ['users:read', 'users:write'] };
});

describe.each(FRONTS)('a handler behind %s', (front) => {
  const send = async (spec: RequestSpec) => readResult(await createHandler()(EVENT_BUILDERS[front](spec)));

  it('answers a public operation', async () => {
    const result = await send({ path: '/hello?name=Ada' });
    expect(result.status).toBe(200);
    expect(result.header('content-type')).toBe('application/json');
    expect(result.json()).toEqual({ message: 'Hello, Ada!' });
  });

  it('gives a handler the defaults of its schema', async () => {
    expect((await send({ path: '/hello' })).json()).toEqual({ message: 'Hello, World!' });
  });

  it('routes a literal before a parameter, whatever route the front took', async () => {
    expect((await send({ path: '/users/me' })).json()).toMatchObject({ id: 'alice' });
    expect((await send({ path: '/users/me', route: '/users/{id}' })).json()).toMatchObject({ id: 'alice' });
    expect((await send({ path: '/users/a%20b', route: '/users/{id}' })).json()).toMatchObject({ id: 'a b' });
  });

  it('decodes a path parameter once', async () => {
    expect((await send({ path: '/users/100%2525' })).json()).toMatchObject({ id: '100%25' });
    expect((await send({ path: '/users/100%2525', route: '/users/{id}' })).json()).toMatchObject({
      id: '100%25',
    });
  });

  it('creates by a JSON body', async () => {
    const result = await send({ method: 'POST', path: '/users', json: { email: 'a@example.com' } });
    expect(result.status).toBe(201);
    expect(result.header('location')).toBe('/users/1');
    expect(result.json()).toEqual({ id: 'alice', email: 'a@example.com' });
  });

  it('answers 404 and 405 with problems', async () => {
    expect((await send({ path: '/nowhere' })).json()).toMatchObject({ status: 404, code: 'HTTP_NOT_FOUND' });
    const notAllowed = await send({ method: 'PUT', path: '/users/1' });
    expect(notAllowed.status).toBe(405);
    expect(notAllowed.header('allow')).toBe('DELETE, GET, HEAD');
  });

  it('answers HEAD from GET, without a body', async () => {
    const result = await send({ method: 'HEAD', path: '/hello' });
    expect(result).toMatchObject({ status: 200, text: '' });
    expect(result.header('content-type')).toBe('application/json');
  });

  it('answers 400 for a path that is not UTF-8', async () => {
    if (front === 'http-2.0') return; // decoded before the function sees it
    expect((await send({ path: '/users/%FF' })).json()).toMatchObject({ code: 'HTTP_PATH_ENCODING_INVALID' });
  });
});

describe('the guard', () => {
  const get = async () => readResult(await createHandler()(httpApiV2Event({ path: '/users/1' })));

  it.each([
    ['nobody', undefined, 401, 'HTTP_UNAUTHENTICATED'],
    ['a caller without the scope', { kind: 'user', sub: 'a', scopes: ['x'] }, 403, 'HTTP_SCOPE_MISSING'],
    [
      'an expired caller',
      { kind: 'user', sub: 'a', scopes: ['users:read'], expiresAtSeconds: NOW_MS / 1000 },
      401,
      'HTTP_CREDENTIALS_EXPIRED',
    ],
  ] as const)('refuses %s', async (_name, caller, status, code) => {
    principal = caller;
    const result = await get();
    expect(result.status).toBe(status);
    expect(result.json()).toMatchObject({ code });
    expect(result.header('www-authenticate')).toMatch(/^Bearer/);
  });

  it('keeps internal operations to services', async () => {
    const remove = async () =>
      readResult(await createHandler()(httpApiV2Event({ method: 'DELETE', path: '/users/1' })));
    principal = { kind: 'user', sub: 'a', scopes: ['users:internal'] };
    expect((await remove()).json()).toMatchObject({ status: 403, code: 'HTTP_INTERNAL_ONLY' });
    principal = { kind: 'service', sub: 'webhook', scopes: ['users:internal'] };
    expect(await remove()).toMatchObject({ status: 204, text: '' });
  });
});

describe('errors', () => {
  const post = async (email: string) =>
    readResult(
      await createHandler()(
        httpApiV2Event({
          method: 'POST',
          path: '/users',
          json: { email },
          headers: { origin: 'https://app.example.com' },
          requestId: 'r-1',
        }),
      ),
    );

  it('answers what mapError makes of an error', async () => {
    const result = await post('taken@example.com');
    expect(result.header('content-type')).toBe('application/problem+json');
    expect(result.json()).toEqual({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      instance: '/users',
      code: 'USERS_EMAIL_TAKEN',
      requestId: 'r-1',
    });
  });

  it('keeps the text of an unknown error from the caller, and gives it to the log', async () => {
    const result = await post('broken@example.com');
    expect(result.json()).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      instance: '/users',
      code: 'HTTP_INTERNAL',
      requestId: 'r-1',
    });
    expect(ends).toEqual([expect.objectContaining({ status: 500, operationId: 'createUser' })]);
    expect(String(ends[0]!.error)).toContain('hunter2');
  });

  it('carries CORS headers', async () => {
    const result = await post('broken@example.com');
    expect(result.header('access-control-allow-origin')).toBe('https://app.example.com');
    expect(result.header('vary')).toBe('Origin');
  });

  it('lists what is wrong with a request, by JSON pointer', async () => {
    const result = await post('not an address');
    expect(result.json()).toMatchObject({
      status: 400,
      code: 'HTTP_REQUEST_INVALID',
      errors: [{ in: 'body', pointer: '/email' }],
    });
  });
});

it('rejects an event of another service', async () => {
  await expect(createHandler()({ Records: [] })).rejects.toMatchObject({ code: 'HTTP_EVENT_UNKNOWN' });
});

it('routes by the front behind a custom domain with a base path that nobody configured', async () => {
  const event = restEvent({ path: '/v1/users/7', route: '/users/{id}' });
  const result = await createHandler()({ ...event, pathParameters: { id: '7' } });
  expect(readResult(result).json()).toMatchObject({ id: '7' });
});
