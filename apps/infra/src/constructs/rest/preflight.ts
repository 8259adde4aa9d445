import { Duration } from 'aws-cdk-lib';
import { AuthorizationType, Cors, type Integration, type IResource } from 'aws-cdk-lib/aws-apigateway';
import { CORS_ALLOWED_HEADERS, CORS_EXPOSED_HEADERS } from '../../contract/cors-headers.ts';
import type { Operation } from '../../contract/operation.ts';
import type { Environment } from '../../environments/environment.ts';

/**
 * Answers preflights of one path: by the API itself where it can compare origins, which costs no call; by the function
 * where an origin is a pattern or operations have origins of their own.
 */
export function addPreflight(
  resource: IResource,
  operations: readonly Operation[],
  { environment: { cors }, integration }: { environment: Environment; integration: Integration },
): void {
  const asksFunction =
    cors.origins.some((origin) => origin.includes('*.')) ||
    operations.some((operation) => operation.cors !== undefined);
  if (asksFunction) {
    resource.addMethod('OPTIONS', integration, { authorizationType: AuthorizationType.NONE });
    return;
  }
  resource.addCorsPreflight({
    allowOrigins: cors.origins.includes('*') ? Cors.ALL_ORIGINS : [...cors.origins],
    allowMethods: operations.map(({ method }) => method),
    allowHeaders: CORS_ALLOWED_HEADERS,
    exposeHeaders: CORS_EXPOSED_HEADERS,
    allowCredentials: cors.credentials,
    maxAge: Duration.seconds(cors.maxAgeSeconds),
    statusCode: 204,
  });
}
