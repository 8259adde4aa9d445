import { Match, type Template } from 'aws-cdk-lib/assertions';
import { operationsOf } from '../../contract/operation.ts';
import { contract, devEnvironment, synthesise } from '../../testing/fixtures.ts';
import { variants } from '../../testing/variants.ts';

const of = (name: string): Template => synthesise('UsersApi', { environment: variants[name]! });
const plain = synthesise('UsersApi', { environment: devEnvironment({ fronts: ['rest'] }) });

describe('a REST API', () => {
  it('has none of its options where the environment asks for none', () => {
    for (const type of [
      'AWS::WAFv2::WebACL',
      'AWS::EC2::VPCEndpoint',
      'AWS::ApiGateway::UsagePlan',
      'AWS::ApiGateway::RequestValidator',
      'AWS::ApiGateway::Model',
      'AWS::ApiGatewayV2::DomainName',
      'AWS::CodeDeploy::DeploymentGroup',
      'AWS::Lambda::Alias',
    ]) {
      plain.resourceCountIs(type, 0);
    }
    plain.hasResourceProperties('AWS::ApiGateway::Stage', { CacheClusterEnabled: Match.absent() });
    plain.hasResourceProperties('AWS::ApiGateway::RestApi', {
      MinimumCompressionSize: Match.absent(),
      BinaryMediaTypes: Match.absent(),
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  it('is guarded by a web ACL with a limit per address and AWS’s rules', () => {
    const template = of('prod');

    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      Rules: Match.arrayWith([
        Match.objectLike({
          Statement: { RateBasedStatement: Match.objectLike({ Limit: 3000, AggregateKeyType: 'IP' }) },
        }),
        Match.objectLike({
          Statement: {
            ManagedRuleGroupStatement: Match.objectLike({ Name: 'AWSManagedRulesCommonRuleSet' }),
          },
        }),
      ]),
    });
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: Match.arrayWith([{ SingleHeader: { Name: 'authorization' } }]),
    });
  });

  it('is reached by its own name below the base path, and no more by the generated one', () => {
    const template = of('prod');

    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainName: 'api.gatehouse.example',
      DomainNameConfigurations: [Match.objectLike({ SecurityPolicy: 'TLS_1_2' })],
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'v1', Stage: 'v1' });
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'api.gatehouse.example', Type: 'A' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ BASE_PATH: '/v1' }) },
    });
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/gatehouse/prod/users-api/rest-api-url',
      Value: 'https://api.gatehouse.example/v1',
    });
  });

  it('compresses from the size on that the environment says', () => {
    of('prod').hasResourceProperties('AWS::ApiGateway::RestApi', { MinimumCompressionSize: 1024 });
  });

  it('takes the environment’s media types for bytes', () => {
    of('rest').hasResourceProperties('AWS::ApiGateway::RestApi', { BinaryMediaTypes: ['image/png'] });
  });

  it('lives in a network: reached by its endpoint and refused otherwise', () => {
    const template = of('private');

    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.0.0.0/16', FromPort: 443, ToPort: 443 })],
    });
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['PRIVATE'] },
      Policy: {
        Statement: [
          Match.objectLike({
            Effect: 'Allow',
            Condition: { StringEquals: { 'aws:SourceVpce': Match.anyValue() } },
          }),
          Match.objectLike({
            Effect: 'Deny',
            Condition: { StringNotEquals: { 'aws:SourceVpce': Match.anyValue() } },
          }),
        ],
      },
    });
  });

  it('asks a REQUEST authorizer by the token, the source address, and what the environment adds', () => {
    of('private').hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST',
      IdentitySource:
        'method.request.header.authorization,context.identity.sourceIp,method.request.header.x-tenant',
    });
  });

  it('has plans with a generated key for each client, asked for on what is not public', () => {
    const template = of('rest');

    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      UsagePlanName: 'gatehouse-dev-partners',
      Throttle: { RateLimit: 10, BurstLimit: 20 },
      Quota: { Limit: 100_000, Period: 'MONTH' },
    });
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 2);
    template.resourcePropertiesCountIs(
      'AWS::ApiGateway::UsagePlanKey',
      { UsagePlanId: { Ref: Match.stringLikeRegexp('Planpartners') } },
      2,
    );
    template.allResourcesProperties('AWS::ApiGateway::ApiKey', { Value: Match.absent() });
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      AuthorizationType: 'CUSTOM',
      ApiKeyRequired: true,
    });
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      AuthorizationType: 'NONE',
      ApiKeyRequired: false,
    });
  });

  it('passes a backend’s requests on, path and all', () => {
    of('rest').hasResourceProperties('AWS::ApiGateway::Method', {
      Integration: {
        Type: 'HTTP_PROXY',
        Uri: 'https://reports.gatehouse.example/{proxy}',
        RequestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
      },
    });
  });

  it('has callers of the named operation alone sign, without the authorizer or a key', () => {
    const template = of('rest');

    template.resourcePropertiesCountIs('AWS::ApiGateway::Method', { AuthorizationType: 'AWS_IAM' }, 1);
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'GET',
      AuthorizationType: 'AWS_IAM',
      AuthorizerId: Match.absent(),
      ApiKeyRequired: Match.absent(),
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ IAM_ROUTES: 'listUsers' }) },
    });
    plain.resourcePropertiesCountIs('AWS::ApiGateway::Method', { AuthorizationType: 'AWS_IAM' }, 0);
  });

  it('has no authorizer where every caller signs', () => {
    const iamRoutes = ['createUser', 'listUsers', 'getUser'];
    const signed = synthesise('UsersApi', { environment: devEnvironment({ fronts: ['rest'], iamRoutes }) });

    signed.resourceCountIs('AWS::ApiGateway::Authorizer', 0);
    signed.resourcePropertiesCountIs('AWS::ApiGateway::Method', { AuthorizationType: 'AWS_IAM' }, 3);
  });
});

describe('the cache of a REST API', () => {
  const cached = operationsOf({
    ...contract,
    hello: { ...contract.hello, cache: { ttlSeconds: 60, keys: ['query.name'] } },
  });
  const template = synthesise('UsersApi', { environment: variants['rest']!, operations: cached });

  it('holds what the contract says, for as long, and nothing else', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      CacheClusterEnabled: true,
      CacheClusterSize: '0.5',
      MethodSettings: Match.arrayWith([
        Match.objectLike({ HttpMethod: '*', ResourcePath: '/*', CachingEnabled: false }),
        Match.objectLike({
          HttpMethod: 'GET',
          ResourcePath: '/~1hello',
          CachingEnabled: true,
          CacheTtlInSeconds: 60,
        }),
      ]),
    });
  });

  it('keeps answers apart by the key, and by Origin since their CORS headers differ', () => {
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      Integration: {
        CacheKeyParameters: ['method.request.querystring.name', 'method.request.header.origin'],
      },
      RequestParameters: { 'method.request.querystring.name': false, 'method.request.header.origin': false },
    });
  });
});

describe('the validation of a REST API', () => {
  const body = { name: 'NewUser', contentTypes: ['application/json'], schema: { type: 'object' } };
  const checked = operationsOf(contract, {
    createUser: { body, requiredParameters: [] },
    listUsers: { requiredParameters: ['method.request.querystring.limit'] },
  });
  const template = synthesise('UsersApi', { environment: variants['rest']!, operations: checked });

  it('checks bodies by the contract’s models', () => {
    template.hasResourceProperties('AWS::ApiGateway::Model', { Name: 'NewUser', Schema: { type: 'object' } });
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'POST',
      RequestModels: { 'application/json': { Ref: Match.stringLikeRegexp('NewUser') } },
      RequestValidatorId: Match.anyValue(),
    });
  });

  it('asks for required parameters', () => {
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'GET',
      RequestParameters: { 'method.request.querystring.limit': true },
      RequestValidatorId: Match.anyValue(),
    });
  });

  it('makes another deployment of another model', () => {
    const other = operationsOf(contract, {
      createUser: { body: { ...body, schema: { type: 'array' } }, requiredParameters: [] },
    });
    const deployment = (from: Template) => Object.keys(from.findResources('AWS::ApiGateway::Deployment'));

    expect(
      deployment(synthesise('UsersApi', { environment: variants['rest']!, operations: other })),
    ).not.toEqual(deployment(template));
  });
});
