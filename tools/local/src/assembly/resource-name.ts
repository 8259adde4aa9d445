import type { Json } from './json.ts';
import type { Place } from './pseudo-parameters.ts';
import { shortHash } from './short-hash.ts';
import type { StackScope } from './template.ts';

/** What a resource's `Ref` and `Fn::GetAtt` can be made of. */
export interface IdentifiedResource {
  readonly type: string;
  readonly stack: StackScope;
  readonly logicalId: string;
  readonly place: Place;
  /** A property, resolved; undefined when it is absent. */
  property(name: string): Json | undefined;
}

/** How one resource type gives its references. */
export interface TypeIdentity {
  readonly ref: (resource: IdentifiedResource) => string;
  readonly attributes: Readonly<Record<string, (resource: IdentifiedResource) => Json>>;
}

/** `arn:aws:service:region:account:rest`. */
export function arn(place: Place, service: string, rest: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${rest}`;
}

/** A name as CloudFormation makes one: stack, logical id and a suffix; here the suffix is always the same. */
export function generatedName({ stack, logicalId }: IdentifiedResource, maxLength: number): string {
  const suffix = shortHash(`${stack.name}/${logicalId}`, 12).toUpperCase();
  const room = maxLength - suffix.length - 1;
  return `${`${stack.name}-${logicalId}`.slice(0, room)}-${suffix}`;
}

/** The name that a property gives, else a generated one. */
export function nameOf(resource: IdentifiedResource, property: string, maxLength: number): string {
  const declared = resource.property(property);
  return typeof declared === 'string' && declared !== '' ? declared : generatedName(resource, maxLength);
}

/** Ten lower-case letters and digits, as API Gateway's ids are. */
export function apiGatewayId({ stack, logicalId }: IdentifiedResource, part = ''): string {
  return shortHash(`${stack.name}/${logicalId}${part}`, 10);
}
