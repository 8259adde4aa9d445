import { apiGatewayId, arn, generatedName, nameOf } from './resource-name.ts';
import type { IdentifiedResource, TypeIdentity } from './resource-name.ts';
import { stackId } from './pseudo-parameters.ts';
import { shortHash } from './short-hash.ts';

const functionName = (resource: IdentifiedResource): string => nameOf(resource, 'FunctionName', 64);
const tableName = (resource: IdentifiedResource): string => nameOf(resource, 'TableName', 255);
const queueName = (resource: IdentifiedResource): string => nameOf(resource, 'QueueName', 80);
const roleName = (resource: IdentifiedResource): string => nameOf(resource, 'RoleName', 64);
const logGroupName = (resource: IdentifiedResource): string => nameOf(resource, 'LogGroupName', 512);
const parameterName = (resource: IdentifiedResource): string => nameOf(resource, 'Name', 1011);

function text(resource: IdentifiedResource, property: string): string {
  const value = resource.property(property);
  return typeof value === 'string' ? value : '';
}

/** A function's name or ARN, as an alias or a version names it, as an ARN without qualifier. */
function functionArn(resource: IdentifiedResource, property: string): string {
  const named = text(resource, property);
  return named.startsWith('arn:') ? named : arn(resource.place, 'lambda', `function:${named}`);
}

function tableArn(resource: IdentifiedResource): string {
  return arn(resource.place, 'dynamodb', `table/${tableName(resource)}`);
}

/** The six characters that Secrets Manager puts behind a name. */
function secretArn(resource: IdentifiedResource): string {
  const suffix = shortHash(`${resource.stack.name}/${resource.logicalId}`, 6);
  return arn(resource.place, 'secretsmanager', `secret:${nameOf(resource, 'Name', 512)}-${suffix}`);
}

function queueUrl(resource: IdentifiedResource): string {
  const { region, accountId } = resource.place;
  return `https://sqs.${region}.amazonaws.com/${accountId}/${queueName(resource)}`;
}

/** The host name that AWS would give; the host replaces it by the loopback URL that it listens on. */
function functionUrl(resource: IdentifiedResource): string {
  return `https://${functionUrlId(resource)}.lambda-url.${resource.place.region}.on.aws/`;
}

/** The first label of a function URL's host name. */
export function functionUrlId({ stack, logicalId }: IdentifiedResource): string {
  return shortHash(`${stack.name}/${logicalId}/url`, 24);
}

const table: TypeIdentity = {
  ref: tableName,
  attributes: {
    Arn: tableArn,
    StreamArn: (resource) => `${tableArn(resource)}/stream/${streamLabel}`,
    TableId: (resource) => shortHash(tableArn(resource), 24),
  },
};

/** The one label of every stream: a real one is the time at which the stream was turned on. */
const streamLabel = '2026-01-01T00:00:00.000';

/** An id as `Ref`, and the same by an attribute. */
function idOf(attribute: string): TypeIdentity {
  return {
    ref: (resource) => apiGatewayId(resource),
    attributes: { [attribute]: (resource) => apiGatewayId(resource) },
  };
}

/**
 * The return values of the types that the host simulates, and of those that templates refer to most.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const identityByType: ReadonlyMap<string, TypeIdentity> = new Map<string, TypeIdentity>([
  [
    'AWS::Lambda::Function',
    {
      ref: functionName,
      attributes: { Arn: (resource) => arn(resource.place, 'lambda', `function:${functionName(resource)}`) },
    },
  ],
  [
    'AWS::Lambda::Version',
    {
      ref: (resource) => `${functionArn(resource, 'FunctionName')}:1`,
      attributes: {
        FunctionArn: (resource) => `${functionArn(resource, 'FunctionName')}:1`,
        Version: () => '1',
      },
    },
  ],
  [
    'AWS::Lambda::Alias',
    {
      ref: (resource) => `${functionArn(resource, 'FunctionName')}:${text(resource, 'Name')}`,
      attributes: {
        AliasArn: (resource) => `${functionArn(resource, 'FunctionName')}:${text(resource, 'Name')}`,
      },
    },
  ],
  [
    'AWS::Lambda::Url',
    {
      ref: (resource) => functionArn(resource, 'TargetFunctionArn'),
      attributes: {
        FunctionArn: (resource) => functionArn(resource, 'TargetFunctionArn'),
        FunctionUrl: functionUrl,
      },
    },
  ],
  [
    'AWS::Lambda::EventSourceMapping',
    {
      ref: (resource) => shortHash(`${resource.stack.name}/${resource.logicalId}`, 24),
      attributes: { Id: (resource) => shortHash(`${resource.stack.name}/${resource.logicalId}`, 24) },
    },
  ],
  ['AWS::DynamoDB::Table', table],
  ['AWS::DynamoDB::GlobalTable', table],
  ['AWS::SecretsManager::Secret', { ref: secretArn, attributes: { Id: secretArn } }],
  [
    'AWS::SSM::Parameter',
    {
      ref: parameterName,
      attributes: {
        Type: (resource) => text(resource, 'Type'),
        Value: (resource) => resource.property('Value') ?? '',
      },
    },
  ],
  [
    'AWS::SQS::Queue',
    {
      ref: queueUrl,
      attributes: {
        Arn: (resource) => arn(resource.place, 'sqs', queueName(resource)),
        QueueName: queueName,
        QueueUrl: queueUrl,
      },
    },
  ],
  [
    'AWS::IAM::Role',
    {
      ref: roleName,
      attributes: {
        Arn: (resource) =>
          `arn:${resource.place.partition}:iam::${resource.place.accountId}:role/${roleName(resource)}`,
        RoleId: (resource) => `AROA${apiGatewayId(resource).toUpperCase()}`,
      },
    },
  ],
  [
    'AWS::Logs::LogGroup',
    {
      ref: logGroupName,
      attributes: { Arn: (resource) => arn(resource.place, 'logs', `log-group:${logGroupName(resource)}:*`) },
    },
  ],
  [
    'AWS::ApiGateway::RestApi',
    {
      ref: (resource) => apiGatewayId(resource),
      attributes: {
        RestApiId: (resource) => apiGatewayId(resource),
        RootResourceId: (resource) => apiGatewayId(resource, '/root'),
      },
    },
  ],
  ['AWS::ApiGateway::Resource', idOf('ResourceId')],
  ['AWS::ApiGateway::Deployment', idOf('DeploymentId')],
  ['AWS::ApiGateway::UsagePlanKey', idOf('Id')],
  ['AWS::ApiGateway::Authorizer', idOf('AuthorizerId')],
  ['AWS::ApiGateway::RequestValidator', idOf('RequestValidatorId')],
  ['AWS::ApiGateway::ApiKey', idOf('APIKeyId')],
  ['AWS::ApiGateway::UsagePlan', idOf('Id')],
  ['AWS::ApiGateway::Stage', { ref: (resource) => text(resource, 'StageName'), attributes: {} }],
  ['AWS::ApiGateway::Model', { ref: (resource) => nameOf(resource, 'Name', 128), attributes: {} }],
  [
    'AWS::ApiGatewayV2::Api',
    {
      ref: (resource) => apiGatewayId(resource),
      attributes: {
        ApiId: (resource) => apiGatewayId(resource),
        ApiEndpoint: (resource) => {
          const suffix = resource.place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
          return `https://${apiGatewayId(resource)}.execute-api.${resource.place.region}.${suffix}`;
        },
      },
    },
  ],
  ['AWS::ApiGatewayV2::Integration', idOf('IntegrationId')],
  ['AWS::ApiGatewayV2::Route', idOf('RouteId')],
  ['AWS::ApiGatewayV2::Authorizer', idOf('AuthorizerId')],
  ['AWS::ApiGatewayV2::Deployment', idOf('DeploymentId')],
  ['AWS::ApiGatewayV2::Stage', { ref: (resource) => text(resource, 'StageName'), attributes: {} }],
  [
    'AWS::CloudFormation::Stack',
    {
      ref: (resource) => stackId({ ...resource.stack, name: generatedName(resource, 128) }, resource.place),
      attributes: {},
    },
  ],
]);
