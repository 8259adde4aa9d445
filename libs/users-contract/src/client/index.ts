export type { Call, CallInput, CallOptions, CallResult, UsersClient } from './client-types.ts';
export {
  UsersClientError,
  type ApiProblem,
  type UsersClientErrorCode,
  type UsersClientErrorDetails,
} from './errors.ts';
export type { ClientRequest, ClientResponse, Transport } from './transport.ts';
export { createUsersClient, type UsersClientOptions } from './users-client.ts';
