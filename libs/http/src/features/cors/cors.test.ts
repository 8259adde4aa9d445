import { defineContract } from '../../contract/define-contract.ts';
import { createHttpHandler } from '../../handler/create-http-handler.ts';
import { EVENT_BUILDERS, FRONTS, httpApiV2Event, readResult } from '../../testing/index.ts';
import { cors } from './cors.ts';
import type { CorsDeclaration } from './cors.ts';
import { createOriginRule, originKind } from './origin-rule.ts';

const base = { summary: '', access: { kind: 'public' }, responses: { 204: { description: '' } } } as const;
const contract = defineContract({
  get: { ...base, method: 'GET', path: '/things/{id}' },
  remove: { ...base, method: 'DELETE', path: '/things/{id}' },
  partners: { ...base, method: 'GET', path: '/partners', cors: { origins: ['https://partner.example'] } },
  hidden: { ...base, method: 'GET', path: '/hidden', cors: false },
});
const APP = 'https://app.example.com';

function createHandler(declaration: CorsDeclaration = { origins: [APP] }) {
  return createHttpHandler<typeof contract>({
    contract,
    handlers: {
      get: ({ params }) => {
        if (params.id === 'broken') throw new Error('broken');
        return { status: 204, headers: { vary: 'Accept-Language' } };
      },
      remove: () => ({ status: 204 }),
      partners: () => ({ status: 204 }),
      hidden: () => ({ status: 204 }),
    },
    features: [cors(declaration)],
    onRequestEnd: () => undefined,
  });
}

const send = async (path: string, origin?: string, declaration?: CorsDeclaration) =>
  readResult(
    await createHandler(declaration)(
      httpApiV2Event({ path, headers: origin === undefined ? {} : { origin } }),
    ),
  );

const preflight = async (
  path: string,
  {
    origin = APP,
    method = 'DELETE',
    declaration,
  }: { origin?: string; method?: string; declaration?: CorsDeclaration } = {},
) =>
  readResult(
    await createHandler(declaration)(
      httpApiV2Event({
        method: 'OPTIONS',
        path,
        headers: { origin, 'access-control-request-method': method },
      }),
    ),
  );

describe('an answer', () => {
  it('may be read by an origin of the list', async () => {
    const result = await send('/things/1', APP);
    expect(result.header('access-control-allow-origin')).toBe(APP);
    expect(result.header('access-control-expose-headers')).toBe(
      'etag, location, retry-after, idempotency-replayed',
    );
    expect(result.header('access-control-allow-credentials')).toBeUndefined();
  });

  it.each([
    'https://evil.example',
    'null',
    'http://app.example.com',
    `${APP}.evil.example`,
    `${APP}:8443`,
    APP.toUpperCase(),
    '',
  ])('may not be read by %j', async (origin) => {
    const result = await send('/things/1', origin);
    expect(result.header('access-control-allow-origin')).toBeUndefined();
    expect(result.header('vary')).toBe('Accept-Language, Origin');
  });

  it('varies on Origin when there is none, too', async () => {
    expect((await send('/hidden')).header('vary')).toBe('Origin');
  });

  it.each(['/nowhere', '/things/broken', '/things/'])(
    'that is an error may be read as well: %s',
    async (path) => {
      const result = await send(path, APP);
      expect(result.status).toBeGreaterThanOrEqual(400);
      expect(result.header('access-control-allow-origin')).toBe(APP);
    },
  );

  it('goes by the operation’s own origins where it has some', async () => {
    expect((await send('/partners', 'https://partner.example')).header('access-control-allow-origin')).toBe(
      'https://partner.example',
    );
    expect((await send('/partners', APP)).header('access-control-allow-origin')).toBeUndefined();
    expect((await send('/hidden', APP)).header('access-control-allow-origin')).toBeUndefined();
  });

  it('may carry credentials for named origins', async () => {
    const result = await send('/things/1', APP, { origins: [APP], credentials: true });
    expect(result.header('access-control-allow-credentials')).toBe('true');
  });

  it('is for everyone by *', async () => {
    expect(
      (await send('/things/1', 'https://any.example', { origins: ['*'] })).header(
        'access-control-allow-origin',
      ),
    ).toBe('*');
    expect(
      (await send('/things/1', 'null', { origins: ['*'] })).header('access-control-allow-origin'),
    ).toBeUndefined();
  });
});

describe.each(FRONTS)('a preflight behind %s', (front) => {
  it('says what the path takes', async () => {
    const event = EVENT_BUILDERS[front]({
      method: 'OPTIONS',
      path: '/things/1',
      headers: { Origin: APP, 'Access-Control-Request-Method': 'DELETE' },
    });
    const result = readResult(await createHandler()(event));
    expect(result).toMatchObject({ status: 204, text: '' });
    expect(result.header('access-control-allow-origin')).toBe(APP);
    expect(result.header('access-control-allow-methods')).toBe('DELETE, GET, HEAD');
    expect(result.header('access-control-allow-headers')).toBe(
      'authorization, content-type, if-match, if-none-match, idempotency-key',
    );
    expect(result.header('access-control-max-age')).toBe('600');
    expect(result.header('vary')).toBe(
      'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    );
  });
});

describe('a preflight', () => {
  it('from another origin says nothing', async () => {
    const result = await preflight('/things/1', { origin: 'https://evil.example' });
    expect(result.status).toBe(204);
    expect(result.header('access-control-allow-origin')).toBeUndefined();
    expect(result.header('access-control-allow-methods')).toBeUndefined();
  });

  it('goes by the operation that it asks for', async () => {
    const result = await preflight('/partners', { origin: 'https://partner.example', method: 'GET' });
    expect(result.header('access-control-allow-origin')).toBe('https://partner.example');
    expect(
      (await preflight('/partners', { method: 'GET' })).header('access-control-allow-origin'),
    ).toBeUndefined();
  });

  it('of an unknown path passes, so that its 404 can be read', async () => {
    expect((await preflight('/nowhere')).header('access-control-allow-methods')).toBe('DELETE');
  });

  it('says what the declaration says', async () => {
    const declaration = { origins: [APP], credentials: true, allowedHeaders: ['x-a'], maxAgeSeconds: 5 };
    const result = await preflight('/things/1', { declaration });
    expect(result.header('access-control-allow-headers')).toBe('x-a');
    expect(result.header('access-control-max-age')).toBe('5');
    expect(result.header('access-control-allow-credentials')).toBe('true');
  });

  it('is not what OPTIONS without its headers is', async () => {
    const result = readResult(
      await createHandler()(httpApiV2Event({ method: 'OPTIONS', path: '/things/1' })),
    );
    expect(result.status).toBe(405);
  });
});

describe('a declaration', () => {
  it.each([
    'null',
    'app.example.com',
    'https://app.example.com/',
    'https://*',
    'https://*.*.com',
    'https://a*.example.com',
    'https://App.example.com',
    'https://app.example.com:443',
    'http://localhost:80',
    '',
  ])('with the origin %j is refused', (origin) => {
    expect(() => cors({ origins: [origin] })).toThrow(TypeError);
  });

  it('with * and credentials is refused', () => {
    expect(() => cors({ origins: ['*'], credentials: true })).toThrow(TypeError);
  });

  it('tells kinds of origins apart, for fronts that cannot express all of them', () => {
    expect(
      ['*', 'https://a.example', 'https://*.a.example:8443', 'http://localhost:3000'].map(originKind),
    ).toEqual(['any', 'exact', 'pattern', 'exact']);
  });
});

describe('a pattern', () => {
  const rule = createOriginRule(['https://*.example.com']);

  it.each([
    ['https://app.example.com', true],
    ['https://pr-17.example.com', true],
    ['https://example.com', false],
    ['https://a.b.example.com', false],
    ['https://.example.com', false],
    ['https://app.example.com.evil.example', false],
    ['https://evil.example/app.example.com', false],
    ['https://appXexample.com', false],
    ['https://app.example.comx', false],
    ['https://', false],
    ['', false],
    ['http://app.example.com', false],
    ['https://app.example.com\n', false],
  ])('takes %j: %s', (origin, takes) => {
    expect(rule(origin)).toBe(takes ? origin : undefined);
  });
});
