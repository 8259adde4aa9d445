import { createHttpClient, type HttpClient } from './http/http-client.ts';
import { lambdaCredentials, type CredentialsProvider } from './sigv4/credentials.ts';

let http: HttpClient | undefined;
let credentials: CredentialsProvider | undefined;

/** The one client that all AWS calls of an execution environment share, so that they share its connections. */
export function defaultHttpClient(): HttpClient {
  http ??= createHttpClient();
  return http;
}

/** The function's own credentials, one renewal for all who sign. */
export function defaultCredentials(): CredentialsProvider {
  credentials ??= lambdaCredentials({ http: defaultHttpClient() });
  return credentials;
}
