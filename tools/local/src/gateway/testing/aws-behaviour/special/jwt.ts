import type { JWTPayload } from 'jose';
import { echoEvent } from '../../fake-invoker.ts';
import { startIssuer } from '../../issuer.ts';
import { httpApi, httpRoute, httpRouteV1 } from '../../models.ts';
import { startGateway } from '../../start-gateway.ts';
import type { BehaviourCase } from '../cases.ts';
import { expectCase } from '../expect-case.ts';
import type { SpecialCase, SpecialCases } from './special-case.ts';

/** Runs a case behind a JWT authorizer, with a token of these claims (none: no token at all). */
function behindJwt(claims: JWTPayload | undefined): SpecialCase {
  return {
    check: async (subject) => {
      const idp = await startIssuer();
      const authorization = { kind: 'JWT', authorizerId: 'jwt', scopes: [] } as const;
      const route = subject.setup['payload'] === '1.0' ? httpRouteV1('$default') : httpRoute('$default');
      const gateway = await startGateway({
        http: httpApi({
          routes: [{ ...route, authorization }],
          jwtAuthorizers: [
            {
              id: 'jwt',
              name: 'jwt',
              issuer: idp.issuer,
              audience: ['api'],
              identitySources: ['$request.header.Authorization'],
            },
          ],
        }),
        handler: echoEvent,
      });
      const headers = claims === undefined ? {} : { Authorization: await idp.sign(claims) };
      const response = await gateway.send({
        method: subject.request['method'],
        path: subject.request['path'],
        headers,
      });
      await idp.close();
      expectCase({ ...subject, expected: withLiveTimes(subject) }, gateway, response);
    },
  };
}

/** The recorded tokens have expired: their times are held to be text of digits, their other claims to be equal. */
function withLiveTimes({ expected }: BehaviourCase): BehaviourCase['expected'] {
  if (expected['event'] === undefined) return expected;
  const text = JSON.stringify(expected).replace(/"(exp|iat)":"\d+"/g, '"$1":"<number>"');
  return JSON.parse(text) as BehaviourCase['expected'];
}

export const JWT_CASES: SpecialCases = {
  'hauth-001': behindJwt(undefined),
  'hauth-002': behindJwt({ aud: 'api' }),
  'hauth-008': behindJwt({ aud: 'wrong' }),
  'hauth-010': behindJwt({ aud: 'api', auth_time: 1787992402, scope: 'test/scope1 test/scope2' }),
  'hauth-012': behindJwt({ aud: 'api', scope: 'get:data read:policies' }),
};
