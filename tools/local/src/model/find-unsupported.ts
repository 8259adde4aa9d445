import { isList, isObject } from '../assembly/json.ts';
import type { Json } from '../assembly/json.ts';
import type { NoEffect } from './app-model.ts';
import type { ModelResource, ResourceSet } from './resource-set.ts';
import { noEffectTypes } from './support/no-effect-types.ts';
import type { PropertySupport } from './support/property-support.ts';
import { supportedTypes } from './support/supported-types.ts';
import type { UnsupportedList } from './unsupported-list.ts';

/**
 * Compares every resource with the support catalogue: types and properties that the host does not simulate go to the
 * list, those without effect are counted.
 *
 * @param sections the templates' sections that are not carried out, such as `Rules`: they check a deployment.
 */
export function findUnsupported(
  resources: ResourceSet,
  sections: readonly string[],
  unsupported: UnsupportedList,
): readonly NoEffect[] {
  const harmless = new Map<string, { type: string; property?: string; count: number }>();
  const count = (type: string, property?: string): void => {
    const key = `${type} ${property ?? ''}`;
    const entry = harmless.get(key);
    if (entry === undefined) {
      harmless.set(key, { type, ...(property === undefined ? {} : { property }), count: 1 });
    } else {
      entry.count += 1;
    }
  };
  for (const section of sections) count(`template section ${section}`);
  for (const resource of resources.all) {
    const support = supportedTypes.get(resource.type);
    if (support !== undefined) {
      for (const property of Object.keys(resource.declaration.properties)) {
        compare(
          { resource, path: property, unsupported, count },
          valueOf(resource, property),
          support[property],
        );
      }
    } else if (isWithoutEffect(resource.type)) {
      count(resource.type);
    } else {
      unsupported.add(resource, undefined, 'not simulated; references to it are stand-ins');
    }
  }
  return [...harmless.values()];
}

interface Comparison {
  readonly resource: ModelResource;
  /** Dotted, without list indexes. */
  readonly path: string;
  readonly unsupported: UnsupportedList;
  readonly count: (type: string, property: string) => void;
}

function compare(
  comparison: Comparison,
  value: Json | undefined,
  support: PropertySupport | undefined,
): void {
  const { resource, path, unsupported, count } = comparison;
  if (support === 'used' || isOff(value)) return;
  if (support === 'harmless') {
    count(resource.type, path);
  } else if (support === undefined) {
    unsupported.add(resource, path, 'not simulated');
  } else if (isList(value)) {
    for (const element of value) compare(comparison, element, support);
  } else if (isObject(value)) {
    for (const [name, part] of Object.entries(value)) {
      compare({ ...comparison, path: `${path}.${name}` }, part, support[name]);
    }
  }
}

/** A value that asks for nothing: absent, false, or empty. */
function isOff(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 'false' || value === '')
    return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The resolved value; as it is declared when it cannot be resolved, which matters only to what uses it. */
function valueOf(resource: ModelResource, property: string): Json | undefined {
  try {
    return resource.property(property);
  } catch {
    return resource.declaration.properties[property];
  }
}

function isWithoutEffect(type: string): boolean {
  return noEffectTypes.some((known) => (known.endsWith('::') ? type.startsWith(known) : type === known));
}
