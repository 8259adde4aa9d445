import type { GatewayResponseModel, RestApiModel, RestAuthorizerModel, StageModel } from './app-model.ts';
import { functionArnOfUri } from './function-arn.ts';
import { readApiKeys } from './read-api-keys.ts';
import { readRestMethods } from './read-rest-methods.ts';
import { readRestModels } from './read-rest-validation.ts';
import { originOf } from './resource-set.ts';
import type { ModelResource, ResourceSet } from './resource-set.ts';
import type { UnsupportedList } from './unsupported-list.ts';

/** The REST APIs that are made of resources and methods; one made of an OpenAPI body is listed as unsupported. */
export function readRestApis(resources: ResourceSet, unsupported: UnsupportedList): RestApiModel[] {
  return resources.ofType('AWS::ApiGateway::RestApi').map((api) => {
    const { properties } = api;
    const partsOf = (type: string): readonly ModelResource[] =>
      resources.ofType(type).filter((part) => part.properties.text('RestApiId') === api.id);
    const deploymentId = partsOf('AWS::ApiGateway::Deployment')[0]?.id;
    const minimumCompressionSize = properties.number('MinimumCompressionSize');
    return {
      ...originOf(api),
      id: api.id,
      name: properties.text('Name') ?? api.logicalId,
      stages: partsOf('AWS::ApiGateway::Stage').map(readStage),
      methods: readRestMethods(api, { partsOf, unsupported }),
      authorizers: partsOf('AWS::ApiGateway::Authorizer').flatMap((part) =>
        readAuthorizer(part, unsupported),
      ),
      gatewayResponses: partsOf('AWS::ApiGateway::GatewayResponse').map(readGatewayResponse),
      binaryMediaTypes: properties.texts('BinaryMediaTypes'),
      ...(deploymentId === undefined ? {} : { deploymentId }),
      apiKeySource: properties.text('ApiKeySourceType') === 'AUTHORIZER' ? 'AUTHORIZER' : 'HEADER',
      apiKeys: readApiKeys(resources, api.id),
      models: readRestModels(partsOf('AWS::ApiGateway::Model')),
      ...(minimumCompressionSize === undefined ? {} : { minimumCompressionSize }),
    };
  });
}

function readStage({ properties }: ModelResource): StageModel {
  const accessLogFormat = properties.object('AccessLogSetting')?.text('Format');
  return {
    name: properties.requiredText('StageName'),
    variables: properties.textMap('Variables'),
    ...(accessLogFormat === undefined ? {} : { accessLogFormat }),
  };
}

function readAuthorizer(resource: ModelResource, unsupported: UnsupportedList): RestAuthorizerModel[] {
  const { properties } = resource;
  const type = properties.requiredText('Type');
  const functionArn = functionArnOfUri(properties.text('AuthorizerUri') ?? '');
  if (type !== 'TOKEN' && type !== 'REQUEST') {
    unsupported.add(resource, 'Type', `${type} authorizers are not run; methods that use one are refused`);
    return [];
  }
  if (functionArn === undefined) {
    unsupported.add(resource, 'AuthorizerUri', 'it names no function of this assembly');
    return [];
  }
  const expression = properties.text('IdentityValidationExpression');
  const sources = properties.text('IdentitySource') ?? '';
  return [
    {
      id: resource.id,
      name: properties.text('Name') ?? resource.logicalId,
      type,
      functionArn,
      identitySources: sources
        .split(',')
        .map((source) => source.trim())
        .filter((source) => source !== ''),
      ...(expression === undefined ? {} : { identityValidationExpression: expression }),
      ttlSeconds: properties.number('AuthorizerResultTtlInSeconds') ?? 300,
    },
  ];
}

const responseHeader = 'gatewayresponse.header.';

function readGatewayResponse({ properties }: ModelResource): GatewayResponseModel {
  const statusCode = properties.number('StatusCode');
  const headers = Object.entries(properties.textMap('ResponseParameters'))
    .filter(([name]) => name.startsWith(responseHeader))
    .map(([name, value]) => [name.slice(responseHeader.length), value] as const);
  return {
    responseType: properties.requiredText('ResponseType'),
    ...(statusCode === undefined ? {} : { statusCode }),
    headers: Object.fromEntries(headers),
    templates: properties.textMap('ResponseTemplates'),
  };
}
