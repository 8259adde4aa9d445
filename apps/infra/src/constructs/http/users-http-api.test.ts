import { Match } from 'aws-cdk-lib/assertions';
import { devEnvironment, synthesise } from '../../testing/fixtures.ts';

describe('UsersHttpApi', () => {
  const template = synthesise('UsersApi', { environment: devEnvironment({ fronts: ['http'] }) });

  it.each([
    ['GET /hello', 'NONE'],
    ['POST /users', 'CUSTOM'],
    ['GET /users', 'CUSTOM'],
    ['GET /users/{id}', 'CUSTOM'],
  ])('routes %s with authorization %s', (routeKey, authorizationType) => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: routeKey,
      AuthorizationType: authorizationType,
    });
  });

  it('routes no internal operation', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 4);
  });

  it('passes events in payload 2.0 and waits as long as the function may take', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: 10_000,
    });
  });

  it('asks one authorizer, by the Authorization header, as seldom as the environment says', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::Authorizer', 1);
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: false,
      IdentitySource: ['$request.header.Authorization'],
      AuthorizerResultTtlInSeconds: 300,
    });
  });

  it('answers preflights for the environment’s origins and the contract’s methods', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: Match.objectLike({
        AllowOrigins: ['http://localhost:5173'],
        AllowMethods: ['GET', 'POST'],
        AllowCredentials: false,
        MaxAge: 600,
      }),
    });
  });

  it('limits the stage, and an operation more where the contract does', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      StageVariables: { environment: 'dev' },
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
      RouteSettings: { 'POST /users': { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 } },
    });
  });

  it('logs each request as one JSON object without its query string', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const format: Record<string, string> = JSON.parse(stage?.['Properties'].AccessLogSettings.Format);

    expect(format).toMatchObject({
      authorizerError: '$context.authorizer.error',
      integrationError: '$context.integration.error',
      status: '$context.status',
    });
    expect(Object.values(format).join()).not.toMatch(/query|authorization/i);
  });

  it('lets this API alone call the function and the authorizer', () => {
    const arns = Object.values(template.findResources('AWS::Lambda::Permission')).map(
      ({ Properties }: { Properties?: Record<string, unknown> }) => JSON.stringify(Properties?.['SourceArn']),
    );

    expect(arns).toHaveLength(2);
    expect(arns.every((arn) => arn.includes('{"Ref":"HttpApi'))).toBe(true);
  });
});
