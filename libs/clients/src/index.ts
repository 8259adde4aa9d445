export { ClientsError, type ClientsErrorCode } from './errors.ts';
export { createHttpClient, type HttpClient, type HttpClientOptions } from './http/http-client.ts';
export type {
  HttpClientRequest,
  HttpClientResponse,
  OutgoingRequest,
  RequestSigner,
  Timeouts,
} from './http/http-message.ts';
export { createNodeTransport, type NodeTransportOptions } from './http/node-transport.ts';
export { createUndiciTransport, type UndiciTransportOptions } from './http/undici-transport.ts';
export { TransportError, type Exchange, type RawResponse, type Transport } from './http/transport.ts';
export { isPublicAddress } from './http/public-address.ts';
export { createRequestSigner, type RequestSignerOptions } from './sigv4/request-signer.ts';
export { signRequest, type SignOptions } from './sigv4/sign-request.ts';
export { lambdaCredentials, type CredentialsProvider } from './sigv4/credentials.ts';
export { readAwsEnvironment, type AwsCredentials, type AwsEnvironment } from './config.ts';
export { AwsServiceError } from './aws/aws-service-error.ts';
export type { AwsClientOptions } from './aws/aws-json-client.ts';
export { dynamoDocuments } from './dynamodb/signed-documents.ts';
export type {
  BatchGetInput,
  CallOptions,
  CancellationReason,
  DeleteInput,
  DynamoDocuments,
  GetInput,
  Item,
  PutInput,
  QueryInput,
  TransactWriteInput,
  UpdateInput,
} from './dynamodb/documents.ts';
export { parameterStore, secretStore } from './secrets/signed-secrets.ts';
export type {
  ParameterStore,
  ReadSecretOptions,
  SecretStore,
  SecretVersion,
} from './secrets/secret-store.ts';
export { createSecretCache, type SecretCache, type SecretCacheOptions } from './secrets/secret-cache.ts';
