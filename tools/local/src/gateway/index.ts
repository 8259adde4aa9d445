export { createFunctionUrlServer } from './function-url/function-url-server.ts';
export type {
  AccessLogEntry,
  GatewayDependencies,
  GatewayIds,
  GatewayServer,
  GatewayTimers,
} from './gateway-dependencies.ts';
export { createHttpApiServer } from './http/http-api-server.ts';
export type { CredentialLookup, SigningCredential } from './iam/credential-lookup.ts';
export { createRestApiServer } from './rest/rest-api-server.ts';
