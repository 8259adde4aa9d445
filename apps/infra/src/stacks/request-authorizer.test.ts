import { Match } from 'aws-cdk-lib/assertions';
import type { Environment } from '../environments/environment.ts';
import { configurationOf } from '../testing/configuration.ts';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';

const KEY = { id: 'acme', sha256: 'a'.repeat(64), scopes: ['users:read'] };

const environment = (front: 'http' | 'rest', change: Pick<Environment, 'usagePlans'> = {}) =>
  devEnvironment({
    ...change,
    fronts: [front],
    authorizer: {
      kind: 'request',
      request: { allowedAddresses: ['10.0.0.0/16'], apiKeys: [KEY] },
    },
  });

describe('a request authorizer by source address and key', () => {
  it.each([
    ['rest', 'AWS::ApiGateway::Authorizer'],
    ['http', 'AWS::ApiGatewayV2::Authorizer'],
  ] as const)(
    'never caches an answer without the address, whatever a front %s is told to add',
    (front, type) => {
      const added = devEnvironment({
        fronts: [front],
        authorizer: {
          kind: 'request',
          identitySources: ['header.x-api-key'],
          request: { allowedAddresses: ['10.0.0.0/16'], apiKeys: [KEY] },
        },
      });
      const [authorizer] = Object.values(synthesise('UsersApi', { environment: added }).findResources(type));

      expect(String(authorizer?.['Properties'].IdentitySource)).toMatch(
        /x-api-key,\$?context\.identity\.sourceIp$/,
      );
    },
  );

  it('is asked under the header that its key comes in, which no firewall logs', () => {
    const request = {
      allowedAddresses: ['10.0.0.0/16'],
      apiKeys: [KEY],
      apiKeyHeader: 'x-partner-key',
    };
    const other = devEnvironment({
      fronts: ['rest'],
      waf: { requestsPerFiveMinutes: 1000 },
      authorizer: { kind: 'request', request },
    });
    const template = synthesise('UsersApi', { environment: other });

    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      IdentitySource: 'method.request.header.x-partner-key,context.identity.sourceIp',
    });
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: Match.arrayWith([{ SingleHeader: { Name: 'x-partner-key' } }]),
    });
    expect(
      configurationOf(synthesise('Authorizer', { environment: other }), 'REQUEST_AUTH_CONFIG'),
    ).toMatchObject(request);
  });

  it('is asked by a REST API once per pair of the two', () => {
    const template = synthesise('UsersApi', {
      environment: environment('rest'),
    });

    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST',
      IdentitySource: 'method.request.header.x-api-key,context.identity.sourceIp',
      AuthorizerResultTtlInSeconds: 300,
    });
  });

  it('is asked by an HTTP API once per pair of the two', () => {
    const template = synthesise('UsersApi', {
      environment: environment('http'),
    });

    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      IdentitySource: ['$request.header.x-api-key', '$context.identity.sourceIp'],
      AuthorizerResultTtlInSeconds: 300,
    });
  });

  it.each(['rest', 'http'] as const)(
    'is told behind a front %s from where and by which keys, known by their hashes',
    (front) => {
      synthesise('Authorizer', { environment: environment(front) }).hasResourceProperties(
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
    const planned = environment('rest', {
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
