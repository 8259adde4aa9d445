import type { IdentifiedResource } from '../assembly/resource-name.ts';
import type { Resolver } from '../assembly/resolver.ts';
import type { ResourceDeclaration } from '../assembly/template.ts';
import { createProperties } from './properties.ts';
import type { Properties } from './properties.ts';

/** A resource that exists, with typed access to its properties. */
export interface ModelResource extends IdentifiedResource {
  readonly declaration: ResourceDeclaration;
  readonly properties: Properties;
  /** What `Ref` gives. */
  readonly id: string;
}

/** The resources of an assembly by type, in the templates' order. */
export interface ResourceSet {
  readonly all: readonly ModelResource[];
  ofType(...types: readonly string[]): readonly ModelResource[];
}

/** Collects what exists: resources under a false condition are left out. Properties are resolved when they are read. */
export function collectResources(resolver: Resolver): ResourceSet {
  const all: ModelResource[] = [];
  for (const stack of resolver.assembly.stacks) {
    for (const [logicalId, declaration] of Object.entries(stack.template.resources)) {
      if (!resolver.exists(stack, logicalId)) continue;
      const identified = resolver.identified(stack, logicalId);
      all.push({
        ...identified,
        declaration,
        properties: createProperties(`${stack.name}/${logicalId}.Properties`, (name) =>
          identified.property(name),
        ),
        get id() {
          return resolver.reference(stack, logicalId);
        },
      });
    }
  }
  return { all, ofType: (...types) => all.filter(({ type }) => types.includes(type)) };
}

/** The stack and logical id that every part of the model carries. */
export function originOf(resource: ModelResource): { readonly stack: string; readonly logicalId: string } {
  return { stack: resource.stack.name, logicalId: resource.logicalId };
}
