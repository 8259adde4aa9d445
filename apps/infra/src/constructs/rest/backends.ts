import { Duration } from 'aws-cdk-lib';
import {
  AuthorizationType,
  HttpIntegration,
  type IAuthorizer,
  type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { pathParameters } from '../../contract/operation.ts';
import type { Environment } from '../../environments/environment.ts';

/** HTTP services behind the same REST API: their requests and answers pass as they are. */
export function addBackends(
  api: RestApi,
  { backends = [] }: Environment,
  authorizer: () => IAuthorizer,
): void {
  for (const { path, methods, url, access, timeoutMs } of backends) {
    const resource = api.root.resourceForPath(path);
    const names = pathParameters(path);
    for (const method of methods) {
      const integration = new HttpIntegration(url, {
        httpMethod: method,
        proxy: true,
        options: {
          timeout: Duration.millis(timeoutMs),
          requestParameters: Object.fromEntries(
            names.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
          ),
        },
      });
      resource.addMethod(method, integration, {
        requestParameters: Object.fromEntries(names.map((name) => [`method.request.path.${name}`, true])),
        ...(access === 'public'
          ? { authorizationType: AuthorizationType.NONE }
          : { authorizationType: AuthorizationType.CUSTOM, authorizer: authorizer() }),
      });
    }
  }
}
