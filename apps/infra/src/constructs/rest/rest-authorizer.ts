import { Duration } from 'aws-cdk-lib';
import {
  IdentitySource,
  type IAuthorizer,
  RequestAuthorizer,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ApiFrontProps } from '../api-front.ts';
import { identitySourcesOf } from '../identity-sources.ts';

/** What a token authorizer is asked about; anything else is 401 without a call (RFC 6750 2.1; schemes have no case). */
const BEARER = '^[Bb][Ee][Aa][Rr][Ee][Rr] +[-0-9A-Za-z._~+/]+=*$';

const SOURCES: Readonly<Record<string, (name: string) => string>> = {
  header: (name) => IdentitySource.header(name),
  query: (name) => IdentitySource.queryString(name),
  stageVariable: (name) => IdentitySource.stageVariable(name),
  context: (name) => IdentitySource.context(name),
};

/** The one Lambda authorizer of a REST API: TOKEN, or REQUEST with its identity sources. */
export function addRestAuthorizer(scope: Construct, props: ApiFrontProps): IAuthorizer {
  const { kind, ttlSeconds } = props.environment.authorizer;
  const shared = {
    authorizerName: kind,
    handler: LambdaFunction.fromFunctionAttributes(scope, 'AuthorizerFunction', {
      functionArn: props.findAuthorizer(),
      // Lets the construct grant API Gateway the call, although the ARN is known only when the stack is deployed.
      sameEnvironment: true,
    }),
    resultsCacheTtl: Duration.seconds(ttlSeconds),
  };
  if (kind === 'token') {
    return new TokenAuthorizer(scope, 'Authorizer', {
      ...shared,
      identitySource: IdentitySource.header('Authorization'),
      validationRegex: BEARER,
    });
  }
  return new RequestAuthorizer(scope, 'Authorizer', {
    ...shared,
    identitySources: identitySourcesOf(props.environment).map(toIdentitySource),
  });
}

function toIdentitySource(source: string): string {
  const [where = '', ...name] = source.split('.');
  return SOURCES[where]?.(name.join('.')) ?? source;
}
