import type { AppModel } from '../model/app-model.ts';

/** From an API's or function URL's id to its origin on this machine: `http://127.0.0.1:4501`. */
export type LocalOrigins = ReadonlyMap<string, string>;

/** `https://<id>.execute-api.<region>.amazonaws.com` and `https://<id>.lambda-url.<region>.on.aws`. */
const remoteOrigin =
  /https:\/\/([a-z0-9]+)\.(?:execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|lambda-url\.[a-z0-9-]+\.on\.aws)/g;

/**
 * The model with the URLs of its own APIs and functions replaced by those on this machine, wherever a function can see
 * them: in environment variables, parameters and secrets. Other URLs stay.
 */
export function withLocalUrls(model: AppModel, origins: LocalOrigins): AppModel {
  const replace = (text: string): string =>
    text.replaceAll(remoteOrigin, (whole: string, id: string) => origins.get(id) ?? whole);
  return {
    ...model,
    functions: model.functions.map((fn) => ({
      ...fn,
      environment: Object.fromEntries(
        Object.entries(fn.environment).map(([name, value]) => [name, replace(value)]),
      ),
    })),
    parameters: model.parameters.map((parameter) => ({ ...parameter, value: replace(parameter.value) })),
    secrets: model.secrets.map((secret) =>
      secret.text === undefined ? secret : { ...secret, text: replace(secret.text) },
    ),
  };
}
