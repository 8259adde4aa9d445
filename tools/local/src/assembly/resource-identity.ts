import { identityByType } from './identity-by-type.ts';
import type { Json } from './json.ts';
import { arn, generatedName } from './resource-name.ts';
import type { IdentifiedResource } from './resource-name.ts';

/** The value of `Ref`. A type that the host does not know gives a name as CloudFormation makes them. */
export function referenceOf(resource: IdentifiedResource): string {
  const identity = identityByType.get(resource.type);
  return identity === undefined ? generatedName(resource, 128) : identity.ref(resource);
}

/**
 * The value of `Fn::GetAtt`, or undefined when the type has no such attribute. A type that the host does not know
 * gives stand-ins: an ARN where the attribute's name says so, else a text that names the attribute.
 */
export function attributeOf(resource: IdentifiedResource, attribute: string): Json | undefined {
  const identity = identityByType.get(resource.type);
  if (identity !== undefined) {
    return Object.hasOwn(identity.attributes, attribute)
      ? identity.attributes[attribute]?.(resource)
      : undefined;
  }
  const service = resource.type.split('::')[1]?.toLowerCase() ?? 'unknown';
  return attribute.endsWith('Arn')
    ? arn(resource.place, service, generatedName(resource, 128))
    : `${generatedName(resource, 128)}.${attribute}`;
}
