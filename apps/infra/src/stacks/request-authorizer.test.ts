import { Match } from 'aws-cdk-lib/assertions';
import type { Environment } from '../environments/environment.ts';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';

const KEY = { id: 'acme', sha256: 'a'.repeat(64), scopes: ['users:read'] };

const environment = (front: 'http' | 'rest', source: string, change: Pick<Environment, 'usagePlans'> = {}) =>
  devEnvironment({
    ...change,
    fronts: [front],
    authorizer: {
      kind: 'request',
      identitySources: ['header.x-api-key', source],
      request: { allowedAddresses: ['10.0.0.0/16'], apiKeys: [KEY] },
    },
  });

describe('a request authorizer by source address and key', () => {
  it('is asked by a REST API once per pair of the two', () => {
    const template = synthesise('UsersApi', {
      environment: environment('rest', 'context.identity.sourceIp'),
    });

    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST',
      IdentitySource: 'method.request.header.x-api-key,context.identity.sourceIp',
      AuthorizerResultTtlInSeconds: 300,
    });
  });

  it('is asked by an HTTP API once per pair of the two', () => {
    const template = synthesise('UsersApi', {
      environment: environment('http', 'context.http.sourceIp'),
    });

    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      IdentitySource: ['$request.header.x-api-key', '$context.http.sourceIp'],
      AuthorizerResultTtlInSeconds: 300,
    });
  });

  it.each([
    ['rest', 'context.identity.sourceIp'],
    ['http', 'context.http.sourceIp'],
  ] as const)(
    'is told behind a front %s from where and by which keys, known by their hashes',
    (front, source) => {
      synthesise('Authorizer', { environment: environment(front, source) }).hasResourceProperties(
        'AWS::Lambda::Function',
        {
          Handler: 'main.request',
          Environment: {
            Variables: Match.objectLike({
              REQUEST_AUTH_CONFIG: Match.serializedJson({
                allowedAddresses: ['10.0.0.0/16'],
                apiKeys: [KEY],
                usagePlan: false,
                simpleResponses: false,
              }),
            }),
          },
        },
      );
    },
  );

  it('names the key that a REST API counts by, where plans go by the authorizer', () => {
    const planned = environment('rest', 'context.identity.sourceIp', {
      usagePlans: {
        keySource: 'authorizer',
        plans: [{ name: 'partners', throttle: { ratePerSecond: 10, burst: 20 }, clients: ['acme'] }],
      },
    });

    synthesise('UsersApi', { environment: planned }).hasResourceProperties('AWS::ApiGateway::RestApi', {
      ApiKeySourceType: 'AUTHORIZER',
    });
    synthesise('Authorizer', { environment: planned }).hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          REQUEST_AUTH_CONFIG: Match.serializedJson(Match.objectLike({ usagePlan: true })),
        }),
      },
    });
  });
});
