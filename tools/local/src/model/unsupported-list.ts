import type { Unsupported } from './app-model.ts';
import { originOf } from './resource-set.ts';
import type { ModelResource } from './resource-set.ts';

/** Gathers what the host does not do, in the order in which it is found. */
export interface UnsupportedList {
  readonly entries: readonly Unsupported[];
  /** @param property a dotted path; absent for the whole resource. */
  add(resource: ModelResource, property: string | undefined, reason: string): void;
}

/** An empty list. The same resource and property is listed once, with the first reason. */
export function createUnsupportedList(): UnsupportedList {
  const entries: Unsupported[] = [];
  const seen = new Set<string>();
  return {
    entries,
    add(resource, property, reason) {
      const key = `${resource.stack.name}/${resource.logicalId}/${property ?? ''}`;
      if (seen.has(key)) return;
      seen.add(key);
      entries.push({
        ...originOf(resource),
        type: resource.type,
        ...(property === undefined ? {} : { property }),
        reason,
      });
    },
  };
}
