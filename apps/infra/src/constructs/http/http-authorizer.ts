import { CfnAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { type ApiFrontProps, invocationUri, permitApi } from '../api-front.ts';
import { identitySourcesOf } from '../identity-sources.ts';

/** `$request.header.Authorization`, as an HTTP API writes an identity source. */
const SOURCES: Readonly<Record<string, string>> = {
  header: '$request.header.',
  query: '$request.querystring.',
  stageVariable: '$stageVariables.',
  context: '$context.',
};

/** The one Lambda authorizer of an HTTP API, payload 2.0. */
export function addHttpAuthorizer(scope: Construct, apiId: string, props: ApiFrontProps): CfnAuthorizer {
  const { kind, ttlSeconds, simpleResponses } = props.environment.authorizer;
  const functionArn = props.findAuthorizer();
  const authorizer = new CfnAuthorizer(scope, 'Authorizer', {
    apiId,
    name: kind,
    authorizerType: 'REQUEST',
    authorizerUri: invocationUri(scope, functionArn),
    authorizerPayloadFormatVersion: '2.0',
    enableSimpleResponses: simpleResponses,
    identitySource: identitySourcesOf(props.environment).map(toIdentitySource),
    authorizerResultTtlInSeconds: ttlSeconds,
  });
  permitApi(scope, 'InvokeAuthorizer', {
    functionArn,
    apiId,
    resource: `authorizers/${authorizer.ref}`,
  });
  return authorizer;
}

function toIdentitySource(source: string): string {
  const [where = '', ...name] = source.split('.');
  return `${SOURCES[where] ?? ''}${name.join('.')}`;
}
