/** The parts of an environment, in the order in which a first deployment needs them. */
export const PARTS = ['data', 'authorizer', 'users-api', 'webhook', 'edge', 'observability'] as const;

/** What an account needs once, before any of them; never part of an assembly that does not ask for it. */
export const BOOTSTRAP_PART = 'bootstrap' as const;

/** A part: what is deployed at once and has one owner. Three are named after the app that they deploy. */
export type Part = (typeof PARTS)[number] | typeof BOOTSTRAP_PART;

export function isPart(text: string): text is Part {
  return text === BOOTSTRAP_PART || (PARTS as readonly string[]).includes(text);
}

/** Stacks of an environment, by what their names end in. */
export type StackSuffix =
  'Data' | 'Authorizer' | 'UsersApi' | 'Webhook' | 'EdgeFirewall' | 'Edge' | 'Observability' | 'Delivery';

/** `Gatehouse-dev-UsersApi`. */
export function stackName(environment: string, suffix: StackSuffix): string {
  return `Gatehouse-${environment}-${suffix}`;
}

/** `gatehouse-dev-users-api`: Lambda function names, at most 64 characters. */
export function functionName(environment: string, role: string): string {
  return `gatehouse-${environment}-${role}`;
}

/** Queue of what the webhook processor could not work off. */
export function failuresQueueName(environment: string): string {
  return `gatehouse-${environment}-webhook-failures`;
}

/** Secret that CloudFront sends to the webhook receiver, which refuses requests without it. */
export function originSecretName(environment: string): string {
  return `gatehouse/${environment}/webhook-origin`;
}

/** Secret holding the key that signs this environment's own tokens, as a JWK. */
export function tokenSigningKeyName(environment: string): string {
  return `gatehouse/${environment}/token-signing-key`;
}

/** Secret by which the authorizer is known to the introspection endpoint. People put it there: no template holds it. */
export function introspectionSecretName(environment: string): string {
  return `gatehouse/${environment}/introspection-client`;
}

/** Secret holding what a webhook provider signs with. People put it there: no template holds it. */
export function webhookSecretName(environment: string, provider: string): string {
  return `gatehouse/${environment}/webhooks/${provider}`;
}

/**
 * Parameters by which the stacks meet: the part that owns the resource writes, the others read. Exports would
 * forbid destroying or replacing the writer while a reader stands.
 */
export const PARAMETERS = {
  usersTable: 'data/users-table',
  deliveriesTable: 'data/deliveries-table',
  deliveriesStreamArn: 'data/deliveries-stream-arn',
  authorizerArn: 'authorizer/function-arn',
  tokenSigningKeyArn: 'authorizer/token-signing-key-arn',
  developmentIssuer: 'authorizer/development-issuer',
  usersApiArn: 'users-api/function-arn',
  usersApiInternalUrl: 'users-api/internal-url',
  httpApiId: 'users-api/http-api-id',
  httpApiUrl: 'users-api/http-api-url',
  restApiId: 'users-api/rest-api-id',
  restApiUrl: 'users-api/rest-api-url',
  usersApiUrl: 'users-api/function-url',
  webhookUrl: 'webhook/receiver-url',
  webhookReceiverArn: 'webhook/receiver-arn',
  webhookGiveUpSeconds: 'webhook/give-up-seconds',
} as const;

export type ParameterKey = keyof typeof PARAMETERS;

/** `/gatehouse/dev/data/users-table`. */
export function parameterName(environment: string, key: ParameterKey): string {
  return `/gatehouse/${environment}/${PARAMETERS[key]}`;
}
