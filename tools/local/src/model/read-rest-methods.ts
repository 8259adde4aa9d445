import { apiGatewayId } from '../assembly/resource-name.ts';
import { LocalError } from '../errors.ts';
import type { MockResponseModel, RestIntegrationModel, RestMethodModel } from './app-model.ts';
import { functionArnOfUri } from './function-arn.ts';
import type { Properties } from './properties.ts';
import { readValidation } from './read-rest-validation.ts';
import type { ModelResource } from './resource-set.ts';
import type { UnsupportedList } from './unsupported-list.ts';

interface MethodContext {
  /** The resources of a type that belong to the API at hand. */
  readonly partsOf: (type: string) => readonly ModelResource[];
  readonly unsupported: UnsupportedList;
}

const defaultTimeoutMs = 29_000;

/** The methods of a REST API, each with its full path. */
export function readRestMethods(api: ModelResource, context: MethodContext): RestMethodModel[] {
  const validators = context.partsOf('AWS::ApiGateway::RequestValidator');
  const paths = createPathLookup(api, context.partsOf('AWS::ApiGateway::Resource'));
  return context.partsOf('AWS::ApiGateway::Method').map((method) => {
    const { properties } = method;
    const resourceId = properties.requiredText('ResourceId');
    const authorization = readAuthorization(method, context.unsupported);
    const validation = readValidation(properties, validators);
    return {
      resourceId,
      path: paths(resourceId, properties.path),
      httpMethod: properties.requiredText('HttpMethod').toUpperCase(),
      apiKeyRequired: properties.boolean('ApiKeyRequired') ?? false,
      ...(validation === undefined ? {} : { validation }),
      // A method whose authorization the host cannot carry out must not be open: nothing answers behind it.
      ...(authorization === undefined
        ? { authorization: { kind: 'NONE' }, integration: refused(properties) }
        : { authorization, integration: readIntegration(method, context.unsupported) }),
    };
  });
}

function createPathLookup(
  api: ModelResource,
  resources: readonly ModelResource[],
): (resourceId: string, usedBy: string) => string {
  const rootId = apiGatewayId(api, '/root');
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  return (resourceId, usedBy) => {
    const parts: string[] = [];
    for (let id = resourceId; id !== rootId;) {
      const resource = byId.get(id);
      if (resource === undefined) {
        throw new LocalError('MODEL_INVALID', `${usedBy}: the API has no resource ${id}.`, { path: usedBy });
      }
      parts.unshift(resource.properties.requiredText('PathPart'));
      id = resource.properties.requiredText('ParentId');
    }
    return `/${parts.join('/')}`;
  };
}

function readAuthorization(
  method: ModelResource,
  unsupported: UnsupportedList,
): RestMethodModel['authorization'] | undefined {
  const { properties } = method;
  const type = properties.text('AuthorizationType') ?? 'NONE';
  if (type === 'NONE' || type === 'AWS_IAM') return { kind: type };
  if (type === 'CUSTOM') return { kind: 'CUSTOM', authorizerId: properties.requiredText('AuthorizerId') };
  unsupported.add(
    method,
    'AuthorizationType',
    `${type} is not carried out; the method answers with an error`,
  );
  return undefined;
}

function refused(properties: Properties): RestIntegrationModel {
  return { type: 'UNSUPPORTED', declaredType: `authorization ${properties.text('AuthorizationType') ?? ''}` };
}

function readIntegration(method: ModelResource, unsupported: UnsupportedList): RestIntegrationModel {
  const integration = method.properties.object('Integration');
  const type = integration?.text('Type');
  if (integration === undefined || type === undefined) {
    unsupported.add(method, 'Integration', 'the method has no integration');
    return { type: 'UNSUPPORTED', declaredType: 'none' };
  }
  if (type === 'MOCK') {
    return {
      type,
      requestTemplates: integration.textMap('RequestTemplates'),
      responses: integration
        .objects('IntegrationResponses')
        .map((response) => readMock(response, method, unsupported)),
    };
  }
  const uri = integration.text('Uri') ?? '';
  if (type === 'HTTP_PROXY' && uri !== '' && integration.text('ConnectionType') !== 'VPC_LINK') {
    return {
      type,
      uri,
      httpMethod: integration.text('IntegrationHttpMethod') ?? 'ANY',
      timeoutMs: integration.number('TimeoutInMillis') ?? defaultTimeoutMs,
      requestParameters: integration.textMap('RequestParameters'),
    };
  }
  const functionArn = functionArnOfUri(uri);
  if (type === 'AWS_PROXY' && functionArn !== undefined) {
    return {
      type,
      functionArn,
      timeoutMs: integration.number('TimeoutInMillis') ?? defaultTimeoutMs,
      httpMethod: integration.text('IntegrationHttpMethod') ?? 'POST',
      requestParameters: integration.textMap('RequestParameters'),
    };
  }
  const reason =
    type === 'AWS_PROXY' ? 'the URI names no function' : `${type} integrations are not carried out`;
  unsupported.add(method, 'Integration.Type', `${reason}; the method answers with an error`);
  return { type: 'UNSUPPORTED', declaredType: type };
}

const responseHeader = 'method.response.header.';

/** Headers that are mapped from elsewhere than a literal are listed as unsupported. */
function readMock(
  response: Properties,
  method: ModelResource,
  unsupported: UnsupportedList,
): MockResponseModel {
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(response.textMap('ResponseParameters'))) {
    const literal = /^'(.*)'$/s.exec(value)?.[1];
    if (literal === undefined || !name.startsWith(responseHeader)) {
      unsupported.add(method, `Integration.IntegrationResponses.${name}`, 'only literal headers are set');
    } else {
      headers.push([name.slice(responseHeader.length), literal]);
    }
  }
  const selectionPattern = response.text('SelectionPattern');
  return {
    statusCode: Number(response.requiredText('StatusCode')),
    ...(selectionPattern === undefined ? {} : { selectionPattern }),
    headers: Object.fromEntries(headers),
    templates: response.textMap('ResponseTemplates'),
  };
}
