import { functionUrlId } from '../assembly/identity-by-type.ts';
import type { FunctionModel, FunctionUrlModel } from './app-model.ts';
import { unqualifiedFunctionArn } from './function-arn.ts';
import { readCors } from './read-http-apis.ts';
import { originOf } from './resource-set.ts';
import type { ModelResource, ResourceSet } from './resource-set.ts';

/**
 * The function URLs. A URL's name is its function's logical id without the CDK's hash (`Receiver`), with the alias
 * behind a colon where it has one, and the stack in front where two would be the same.
 */
export function readFunctionUrls(
  resources: ResourceSet,
  functions: readonly FunctionModel[],
): FunctionUrlModel[] {
  const urls = resources.ofType('AWS::Lambda::Url').map((resource) => readFunctionUrl(resource, functions));
  return urls.map((url) =>
    urls.some((other) => other !== url && other.name === url.name)
      ? { ...url, name: `${url.stack}-${url.name}` }
      : url,
  );
}

function readFunctionUrl(resource: ModelResource, functions: readonly FunctionModel[]): FunctionUrlModel {
  const { properties, place } = resource;
  const functionArn = unqualifiedFunctionArn(
    properties.requiredText('TargetFunctionArn'),
    (name) => `arn:${place.partition}:lambda:${place.region}:${place.accountId}:function:${name}`,
  );
  const target = functions.find((candidate) => candidate.arn === functionArn);
  const qualifier = properties.text('Qualifier');
  const name = withoutHash(target?.logicalId ?? resource.logicalId);
  const cors = readCors(properties.object('Cors'));
  return {
    ...originOf(resource),
    id: functionUrlId(resource),
    name: qualifier === undefined ? name : `${name}:${qualifier}`,
    functionArn,
    authType: properties.text('AuthType') === 'NONE' ? 'NONE' : 'AWS_IAM',
    invokeMode: properties.text('InvokeMode') === 'RESPONSE_STREAM' ? 'RESPONSE_STREAM' : 'BUFFERED',
    ...(cors === undefined ? {} : { cors }),
  };
}

/** The CDK ends logical ids with eight upper-case hexadecimal digits. */
function withoutHash(logicalId: string): string {
  return logicalId.replace(/(?<=.)[0-9A-F]{8}$/, '');
}
