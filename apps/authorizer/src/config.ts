import {
  AuthError,
  parseAuthConfig,
  parseRequestAuthConfig,
  type AuthConfig,
  type RequestAuthConfig,
} from '@gatehouse/auth';

/** The variables that configure the two authorizers. A function needs its own one alone. */
export type ConfigVariable = 'AUTH_CONFIG' | 'REQUEST_AUTH_CONFIG';

/**
 * The token authorizer's configuration (the variable AUTH_CONFIG), or undefined when the variable is not set: this bundle then
 * serves the other authorizer.
 *
 * @throws TypeError naming the variable, the member and the rule, when the value is not valid.
 */
export function readTokenConfig(env: NodeJS.ProcessEnv = process.env): AuthConfig | undefined {
  return readVariable(env, 'AUTH_CONFIG', parseAuthConfig);
}

/**
 * The request authorizer's configuration (the variable REQUEST_AUTH_CONFIG), or undefined when the variable is not set.
 *
 * @throws TypeError as {@link readTokenConfig}.
 */
export function readRequestConfig(env: NodeJS.ProcessEnv = process.env): RequestAuthConfig | undefined {
  return readVariable(env, 'REQUEST_AUTH_CONFIG', parseRequestAuthConfig);
}

function readVariable<T>(
  env: NodeJS.ProcessEnv,
  name: ConfigVariable,
  parse: (text: string) => T,
): T | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof AuthError)
      throw new TypeError(`${name}: ${error.detail ?? error.code}`, { cause: error });
    throw error;
  }
}
