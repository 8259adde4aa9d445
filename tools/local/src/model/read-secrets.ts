import type { ParameterModel, SecretModel } from './app-model.ts';
import { generateSecretString } from './generate-secret-string.ts';
import type { RandomInt } from './generate-secret-string.ts';
import { originOf } from './resource-set.ts';
import type { ModelResource, ResourceSet } from './resource-set.ts';

/** The secrets' values: made once, so that a dynamic reference and a read through the API see the same text. */
export interface SecretTexts {
  /** By name or by ARN, full or without its suffix; undefined when there is none or it has no value. */
  find(id: string): string | undefined;
  of(resource: ModelResource): string | undefined;
}

/** @param imported values by name, for secrets that no template makes. */
export function createSecretTexts(
  resources: () => ResourceSet,
  imported: Readonly<Record<string, string>>,
  randomInt: RandomInt,
): SecretTexts {
  const texts = new Map<string, string | undefined>();

  function of(resource: ModelResource): string | undefined {
    const { properties, id } = resource;
    if (!texts.has(id)) {
      const generate = properties.object('GenerateSecretString');
      const literal = properties.text('SecretString');
      texts.set(
        id,
        literal ?? (generate === undefined ? undefined : generateSecretString(generate, randomInt)),
      );
    }
    return texts.get(id);
  }

  function find(id: string): string | undefined {
    const made = resources()
      .ofType('AWS::SecretsManager::Secret')
      .find((resource) => isSecret(id, { name: secretName(resource), arn: resource.id }));
    if (made !== undefined) return of(made);
    const name = Object.keys(imported).find((known) => known === id || secretNameOfArn(id) === known);
    return name === undefined ? undefined : imported[name];
  }

  return { find, of };
}

/** The secrets that templates make. */
export function readSecrets(resources: ResourceSet, texts: SecretTexts): SecretModel[] {
  return resources.ofType('AWS::SecretsManager::Secret').map((resource) => {
    const text = texts.of(resource);
    return {
      ...originOf(resource),
      name: secretName(resource),
      arn: resource.id,
      ...(text === undefined ? {} : { text }),
    };
  });
}

/** The Parameter Store parameters that templates make. */
export function readParameters(resources: ResourceSet): ParameterModel[] {
  return resources.ofType('AWS::SSM::Parameter').map((resource) => ({
    ...originOf(resource),
    name: resource.id,
    type: resource.properties.text('Type') ?? 'String',
    value: resource.properties.requiredText('Value'),
  }));
}

/** Whether an id names a secret: its name, its ARN, or its ARN without the six characters that were added. */
export function isSecret(id: string, secret: { readonly name: string; readonly arn: string }): boolean {
  return id === secret.name || id === secret.arn || id === secret.arn.slice(0, -7);
}

/** `arn:...:secret:name`, as an import by name gives it; undefined for what is no secret's ARN. */
export function secretNameOfArn(arn: string): string | undefined {
  return /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(arn)?.[1];
}

function secretName(resource: ModelResource): string {
  return secretNameOfArn(resource.id)?.slice(0, -7) ?? resource.id;
}
