import { fromEvent } from '../request/from-event.ts';
import { functionUrlEvent, httpApiV2Event, restEvent } from '../testing/index.ts';
import { createRouter } from './router.ts';
import { parseTemplate } from './path-template.ts';

const table = [
  'GET /',
  'GET /users',
  'POST /users',
  'GET /users/me',
  'GET /users/{id}',
  'DELETE /users/{id}',
  'GET /users/{id}/posts/{postId}',
  'GET /users/me/settings',
  'GET /files/{path+}',
  'GET /files/{name}/meta',
  'PUT /{anything+}',
  'HEAD /users/{id}/avatar',
  'GET /users/{id}/avatar',
];
const router = createRouter(
  table.map((target) => {
    const [method = '', template = ''] = target.split(' ');
    return { method: method as 'GET', template, target };
  }),
);
const byPath = (line: string) => {
  const [method = '', path = ''] = line.split(' ');
  return router.match(fromEvent(functionUrlEvent({ method, path })));
};

describe('by path', () => {
  it.each([
    ['GET /', 'GET /', {}],
    ['GET /users', 'GET /users', {}],
    ['GET /users/me', 'GET /users/me', {}],
    ['GET /users/7', 'GET /users/{id}', { id: '7' }],
    ['DELETE /users/me', 'DELETE /users/{id}', { id: 'me' }],
    ['GET /users/me/posts/1', 'GET /users/{id}/posts/{postId}', { id: 'me', postId: '1' }],
    ['GET /users/me/settings', 'GET /users/me/settings', {}],
    ['GET /files/a/b/c.txt', 'GET /files/{path+}', { path: 'a/b/c.txt' }],
    ['GET /files/a/meta', 'GET /files/{name}/meta', { name: 'a' }],
    ['GET /files/a/meta/x', 'GET /files/{path+}', { path: 'a/meta/x' }],
    ['PUT /users/7', 'PUT /{anything+}', { anything: 'users/7' }],
    ['HEAD /users/7', 'GET /users/{id}', { id: '7' }],
    ['HEAD /users/7/avatar', 'HEAD /users/{id}/avatar', { id: '7' }],
    ['GET /users/a%2Fb', 'GET /users/{id}', { id: 'a/b' }],
    ['GET /users/%6De', 'GET /users/me', {}],
    ['GET /files/%E2%98%95/a%20b', 'GET /files/{path+}', { path: '☕/a b' }],
  ])('%s is %s', (line, target, params) => {
    const match = byPath(line);
    expect(match?.target).toBe(target);
    expect({ ...match?.params }).toEqual(params);
  });

  it.each([
    'GET /nowhere',
    'GET /users/',
    'GET /users//posts/1',
    'GET //users',
    'GET /files',
    'GET /files/',
    'GET /USERS',
    'POST /users/7',
  ])('%s is nothing', (line) => {
    expect(byPath(line)).toBeUndefined();
  });

  it('throws a problem for a segment that is not UTF-8', () => {
    expect(() => byPath('GET /users/%E2%98')).toThrow(/not UTF-8/);
  });

  it('ignores a trailing slash behind a REST API alone, as that does', () => {
    expect(router.match(fromEvent(restEvent({ path: '/users/' })))?.target).toBe('GET /users');
  });
});

describe('by the front’s route', () => {
  it('is right whatever stands before the path', () => {
    const event = {
      ...restEvent({ path: '/tenant/v1/users/7/avatar', route: '/users/{id}/avatar' }),
      pathParameters: { id: '7' },
    };
    expect(router.match(fromEvent(event))).toMatchObject({
      target: 'GET /users/{id}/avatar',
      params: { id: '7' },
    });
  });

  it('decodes what a REST API left encoded, and nothing twice', () => {
    const encoded = fromEvent(restEvent({ path: '/users/a%252Fb/avatar', route: '/users/{id}/avatar' }));
    expect(router.match(encoded)?.params).toMatchObject({ id: 'a%2Fb' });
    const decoded = fromEvent(httpApiV2Event({ path: '/users/a%252Fb/avatar', route: '/users/{id}/avatar' }));
    expect(router.match(decoded)?.params).toMatchObject({ id: 'a%2Fb' });
  });

  it('gives way to a more specific operation that the front does not have', () => {
    const request = fromEvent(httpApiV2Event({ path: '/users/me', route: '/users/{id}' }));
    expect(router.match(request)?.target).toBe('GET /users/me');
    const before = {
      ...restEvent({ path: '/v1/users/me', route: '/users/{id}' }),
      pathParameters: { id: 'me' },
    };
    expect(router.match(fromEvent(before))?.target).toBe('GET /users/me');
  });

  it.each([
    ['of a catch-all', httpApiV2Event({ path: '/users/7' })],
    ['that the table does not have', httpApiV2Event({ path: '/users/7', route: '/people/{person}' })],
    [
      'without its parameters',
      { ...httpApiV2Event({ path: '/users/7', route: '/users/{id}' }), pathParameters: {} },
    ],
    ['of a function URL', functionUrlEvent({ path: '/users/7' })],
  ])('gives way to the path: %s', (_name, event) => {
    expect(router.match(fromEvent(event))).toMatchObject({ target: 'GET /users/{id}', params: { id: '7' } });
  });

  it('tells the methods of a path before which something stands', () => {
    const event = {
      ...restEvent({ method: 'OPTIONS', path: '/v1/users/7', route: '/users/{id}' }),
      pathParameters: { id: '7' },
    };
    expect(router.allow(fromEvent(event))).toEqual(['DELETE', 'GET', 'HEAD', 'PUT']);
    expect(router.match(fromEvent(event), 'DELETE')?.target).toBe('DELETE /users/{id}');
  });

  it('takes the rest of a path apart again', () => {
    const event = {
      ...restEvent({ path: '/v1/files/a/meta', route: '/files/{path+}' }),
      pathParameters: { path: 'a/meta' },
    };
    expect(router.match(fromEvent(event))).toMatchObject({
      target: 'GET /files/{name}/meta',
      params: { name: 'a' },
    });
  });

  it('of any method is that of the request’s', () => {
    const event = {
      ...httpApiV2Event({ path: '/v1/users/7', route: '/users/{id}' }),
      routeKey: 'ANY /users/{id}',
    };
    expect(router.match(fromEvent(event))?.target).toBe('GET /users/{id}');
  });
});

describe('methods', () => {
  it.each([
    ['/users', ['GET', 'HEAD', 'POST', 'PUT']],
    ['/users/7', ['DELETE', 'GET', 'HEAD', 'PUT']],
    ['/nowhere', ['PUT']],
    ['/', ['GET', 'HEAD']],
  ])('of %s are %j', (path, methods) => {
    expect(router.allow(fromEvent(functionUrlEvent({ path })))).toEqual(methods);
  });

  it('of the same path can be asked for', () => {
    const request = fromEvent(httpApiV2Event({ method: 'OPTIONS', path: '/users/7', route: '/users/{id}' }));
    expect(router.match(request)).toBeUndefined();
    expect(router.match(request, 'DELETE')?.target).toBe('DELETE /users/{id}');
  });
});

describe('a table', () => {
  it.each([
    [['GET /users', 'GET /users']],
    [['GET /users/{id}', 'GET /users/{userId}']],
    [['GET /{a+}', 'GET /{b+}']],
  ])('with the same route twice is refused: %j', (lines) => {
    const routes = lines.map((target) => ({ method: 'GET' as const, template: target.slice(4), target }));
    expect(() => createRouter(routes)).toThrow(TypeError);
  });

  it.each(['users', '/users//x', '/users/', '/{id', '/a{id}', '/{a+}/b', '/{}', '/{id}/{id}'])(
    'with the template %s is refused',
    (template) => {
      expect(() => parseTemplate(template)).toThrow(TypeError);
    },
  );
});
