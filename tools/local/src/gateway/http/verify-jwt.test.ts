import type { HttpApiModel } from '../../model/app-model.ts';
import { echoEvent } from '../testing/fake-invoker.ts';
import { startIssuer, type TestIssuer } from '../testing/issuer.ts';
import { httpApi, httpRoute, httpRouteV1 } from '../testing/models.ts';
import { closeGateways, startGateway } from '../testing/start-gateway.ts';

let idp: TestIssuer;
beforeAll(async () => {
  idp = await startIssuer();
});
afterEach(closeGateways);
afterAll(() => idp.close());

function guarded(scopes: readonly string[] = [], issuer = idp.issuer): HttpApiModel {
  const authorization = { kind: 'JWT', authorizerId: 'jwt', scopes } as const;
  return httpApi({
    routes: [httpRoute('GET /a', { authorization }), { ...httpRouteV1('GET /v1'), authorization }],
    jwtAuthorizers: [
      {
        id: 'jwt',
        name: 'jwt',
        issuer,
        audience: ['api', 'other'],
        identitySources: ['$request.header.Authorization'],
      },
    ],
  });
}

const claims = { sub: 'alice', aud: 'api', scope: 'a b', groups: ['x', 'y'], level: 3 };

describe('a JWT authorizer', () => {
  it.each(['Bearer ', 'bearer ', ''])(
    'takes a token after %j and hands on every claim as text',
    async (prefix) => {
      const gateway = await startGateway({ http: guarded(), handler: echoEvent });

      const response = await gateway.send({
        path: '/a',
        headers: { Authorization: `${prefix}${await idp.sign(claims)}` },
      });

      expect(response.json()).toMatchObject({
        requestContext: {
          authorizer: {
            jwt: {
              claims: {
                sub: 'alice',
                level: '3',
                groups: '[x y]',
                scope: 'a b',
                exp: expect.stringMatching(/^\d+$/),
              },
              scopes: null,
            },
          },
        },
      });
    },
  );

  it('has the claims flat in a 1.0 event', async () => {
    const gateway = await startGateway({ http: guarded(), handler: echoEvent });

    const response = await gateway.send({ path: '/v1', headers: { Authorization: await idp.sign(claims) } });

    const { authorizer } = (response.json() as { requestContext: { authorizer: object } }).requestContext;
    expect(authorizer).toMatchObject({ claims: { sub: 'alice' }, scopes: null });
    expect(authorizer).not.toHaveProperty('jwt');
  });

  it('asks for one of the route’s scopes and answers 403 without any', async () => {
    const gateway = await startGateway({ http: guarded(['b', 'z']), handler: echoEvent });

    const allowed = await gateway.send({ path: '/a', headers: { Authorization: await idp.sign(claims) } });
    const refused = await gateway.send({
      path: '/a',
      headers: { Authorization: await idp.sign({ ...claims, scope: 'a' }) },
    });

    expect(allowed.json()).toMatchObject({ requestContext: { authorizer: { jwt: { scopes: ['b', 'z'] } } } });
    expect([refused.status, refused.text()]).toEqual([403, '{"message":"Forbidden"}']);
  });

  it('takes client_id for the audience of a token without aud', async () => {
    const gateway = await startGateway({ http: guarded(), handler: echoEvent });
    const { aud: _aud, ...rest } = claims;

    const response = await gateway.send({
      path: '/a',
      headers: { Authorization: await idp.sign({ ...rest, client_id: 'other' }) },
    });

    expect(response.status).toBe(200);
  });

  it.each<[string, () => Promise<string> | string, RegExp]>([
    ['is missing', () => '', /^Bearer$/],
    ['is none', () => 'Bearer x', /error="invalid_token"/],
    [
      'is for another audience',
      () => idp.sign({ ...claims, aud: 'else' }),
      /error_description="the token does not have a valid audience"$/,
    ],
    [
      'has expired',
      () => idp.sign(claims, { expiresIn: '-1s' }),
      /error_description="the token has expired"$/,
    ],
    ['is signed by an unknown key', () => idp.sign(claims, { kid: 'key-2' }), /error="invalid_token"/],
    [
      'has another signature',
      () => idp.sign(claims).then((token) => `${token.slice(0, -8)}AAAAAAAA`),
      /error="invalid_token"/,
    ],
  ])('answers 401 without a type when the token %s', async (_name, make, challenge) => {
    const gateway = await startGateway({ http: guarded(), handler: echoEvent });

    const response = await gateway.send({ path: '/a', headers: { Authorization: await make() } });

    expect([response.status, response.text()]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(response.header('content-type')).toEqual([]);
    expect(response.header('www-authenticate')).toEqual([expect.stringMatching(challenge)]);
    expect(gateway.invoker.invocations).toHaveLength(0);
  });

  it('answers 401 while the issuer does not answer, and asks it again next time', async () => {
    const gateway = await startGateway({ http: guarded([], 'http://127.0.0.1:1') });

    const response = await gateway.send({ path: '/a', headers: { Authorization: await idp.sign(claims) } });

    expect(response.status).toBe(401);
    expect(gateway.trace).toContainEqual(
      expect.objectContaining({ reason: expect.stringMatching(/keys cannot be had/) }),
    );
  });

  it('asks the issuer for its keys once', async () => {
    const before = idp.asked();
    const gateway = await startGateway({ http: guarded(), handler: echoEvent });
    const headers = { Authorization: await idp.sign(claims) };

    await gateway.send({ path: '/a', headers });
    await gateway.send({ path: '/a', headers });

    expect(idp.asked()).toBe(before + 1);
  });
});
