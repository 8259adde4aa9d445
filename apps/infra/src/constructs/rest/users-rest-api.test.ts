import { Match } from 'aws-cdk-lib/assertions';
import { devEnvironment, synthesise } from '../../testing/fixtures.ts';

const rest = (change: Parameters<typeof devEnvironment>[0] = {}) =>
  synthesise('UsersApi', { environment: devEnvironment({ fronts: ['rest'], ...change }) });

describe('UsersRestApi', () => {
  const template = rest();

  it('has a method for each public operation and a preflight for each path', () => {
    const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map(
      ({ Properties }: { Properties?: Record<string, string> }) =>
        `${Properties?.['HttpMethod']} ${Properties?.['AuthorizationType']}`,
    );

    expect(methods.sort()).toEqual([
      'GET CUSTOM',
      'GET CUSTOM',
      'GET NONE',
      'OPTIONS NONE',
      'OPTIONS NONE',
      'OPTIONS NONE',
      'POST CUSTOM',
    ]);
  });

  it('passes requests on as they are', () => {
    template.allResourcesProperties('AWS::ApiGateway::Method', {
      Integration: { Type: Match.stringLikeRegexp('^(AWS_PROXY|MOCK)$') },
    });
  });

  it('asks a TOKEN authorizer, only about what looks like a bearer token', () => {
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'TOKEN',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 300,
      IdentityValidationExpression: Match.anyValue(),
    });
  });

  it.each([
    ['Bearer abc.def-_~+/==', true],
    ['bearer abc', true],
    ['Bearer ', false],
    ['Bearer a b', false],
    ['Basic abc', false],
  ])('its expression takes %j: %s', (header, taken) => {
    const [authorizer] = Object.values(template.findResources('AWS::ApiGateway::Authorizer'));

    expect(new RegExp(authorizer?.['Properties'].IdentityValidationExpression).test(header)).toBe(taken);
  });

  it('has a stage v1 with its limits, and a narrower one where the contract says', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'v1',
      TracingEnabled: true,
      Variables: { environment: 'dev' },
      MethodSettings: [
        Match.objectLike({ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100 }),
        Match.objectLike({ HttpMethod: 'POST', ResourcePath: '/~1users', ThrottlingRateLimit: 20 }),
      ],
    });
  });

  it('logs each request as one JSON object, and why it failed one, into groups that end with their lines', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
    const format = JSON.parse(stage?.['Properties'].AccessLogSetting.Format);

    expect(format).toMatchObject({
      authorizerError: '$context.authorizer.error',
      integrationError: '$context.integration.error',
      wafError: '$context.waf.error',
      status: '$context.status',
    });
    expect(Object.values(format).join()).not.toMatch(/query|authorization/i);
    for (const name of [
      '/aws/vendedlogs/gatehouse/dev/rest-api',
      { 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', Match.anyValue(), '/v1']] },
    ]) {
      template.hasResource('AWS::Logs::LogGroup', {
        Properties: { LogGroupName: name, RetentionInDays: 7 },
        DeletionPolicy: 'Delete',
      });
    }
    expect(stage?.['DependsOn']).toContainEqual(expect.stringMatching('ExecutionLog'));
    expect(stage?.['Properties'].MethodSettings[0]).toMatchObject({
      DataTraceEnabled: false,
      LoggingLevel: 'ERROR',
    });
  });

  it('sends traces where the environment does', () => {
    rest({ tracing: false }).hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: false });
  });

  it('leaves the account’s log role to bootstrap', () => {
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  describe('its own errors', () => {
    interface GatewayResponse {
      ResponseType: string;
      StatusCode?: string;
      ResponseParameters: Record<string, string>;
      ResponseTemplates: Record<string, string>;
    }
    const responses = Object.values(template.findResources('AWS::ApiGateway::GatewayResponse')).map(
      (resource) => resource['Properties'] as GatewayResponse,
    );

    it('are problem details with the status that is sent', () => {
      expect(responses).toHaveLength(21);
      for (const { ResponseType, StatusCode, ResponseTemplates } of responses) {
        const text = ResponseTemplates['application/json'] ?? '';
        const body = JSON.parse(text.replace('$context.error.messageString', '"why"'));
        expect(body).toMatchObject({ type: 'about:blank', code: `GATEWAY_${ResponseType}` });
        expect(body.status).toBe(StatusCode === undefined ? undefined : Number(StatusCode));
        expect(body.detail).toBe(body.status < 500 ? 'why' : undefined);
      }
    });

    it('can be read by the pages of the allowed origin', () => {
      for (const { ResponseParameters } of responses) {
        expect(ResponseParameters).toMatchObject({
          'gatewayresponse.header.Access-Control-Allow-Origin': "'http://localhost:5173'",
          'gatewayresponse.header.Content-Type': "'application/problem+json'",
        });
      }
    });

    it('name the scheme when a token is missing', () => {
      const [unauthorized] = responses.filter(({ ResponseType }) => ResponseType === 'UNAUTHORIZED');

      expect(unauthorized?.ResponseParameters['gatewayresponse.header.WWW-Authenticate']).toBe("'Bearer'");
    });

    it('echo the caller’s origin where several are allowed, and then promise no credentials', () => {
      const origins = ['https://a.example', 'https://b.example'];
      const other = rest({ cors: { origins, credentials: true, maxAgeSeconds: 60 } });

      other.allResourcesProperties('AWS::ApiGateway::GatewayResponse', {
        ResponseParameters: Match.objectLike({
          'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin',
          'gatewayresponse.header.Access-Control-Allow-Credentials': Match.absent(),
        }),
      });
    });
  });
});
