import { LocalError } from '../errors.ts';
import { namesInSub } from './intrinsics/text-functions.ts';
import { isObject } from './json.ts';
import type { Json } from './json.ts';
import type { StackScope } from './template.ts';

/**
 * Refuses a template whose resources depend on each other in a circle, as CloudFormation does when it validates one:
 * by Ref, Fn::GetAtt, Fn::Sub and DependsOn.
 *
 * @throws LocalError TEMPLATE_CYCLE with the circle in its message.
 */
export function assertNoDependencyCycle(stack: StackScope): void {
  const { resources } = stack.template;
  const edges = new Map(
    Object.entries(resources).map(([logicalId, resource]) => {
      const names = new Set(resource.dependsOn);
      collectReferences(resource.properties, names);
      return [logicalId, [...names].filter((name) => name in resources)] as const;
    }),
  );
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const circle = findCircle(start, { edges, done });
    if (circle !== undefined) {
      throw new LocalError(
        'TEMPLATE_CYCLE',
        `${stack.name}: circular dependency between resources: ${circle.join(' -> ')}.`,
        { path: `${stack.name}/${start}` },
      );
    }
  }
}

interface Graph {
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly done: Set<string>;
}

/** Depth first, with a list in place of the call stack: a template may hold a chain of hundreds of resources. */
function findCircle(start: string, { edges, done }: Graph): readonly string[] | undefined {
  const trail: { readonly name: string; next: number }[] = [{ name: start, next: 0 }];
  const onTrail = new Set([start]);
  while (trail.length > 0) {
    const top = trail[trail.length - 1];
    if (top === undefined) break;
    const target = done.has(top.name) ? undefined : edges.get(top.name)?.[top.next];
    top.next += 1;
    if (target === undefined) {
      done.add(top.name);
      onTrail.delete(top.name);
      trail.pop();
    } else if (onTrail.has(target)) {
      const names = trail.map(({ name }) => name);
      return [...names.slice(names.indexOf(target)), target];
    } else if (!done.has(target)) {
      trail.push({ name: target, next: 0 });
      onTrail.add(target);
    }
  }
  return undefined;
}

/** Adds every name that a value refers to, parameters and pseudo parameters included. */
function collectReferences(root: Json, names: Set<string>): void {
  const open: Json[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) open.push(...(value as readonly Json[]));
    if (!isObject(value)) continue;
    for (const [key, argument] of Object.entries(value)) {
      const first = Array.isArray(argument) ? (argument as readonly Json[])[0] : argument;
      if (typeof first === 'string') {
        if (key === 'Ref') names.add(first);
        if (key === 'Fn::GetAtt') names.add(first.split('.')[0] ?? first);
        if (key === 'Fn::Sub') for (const name of namesInSub(first)) names.add(name.split('.')[0] ?? name);
      }
      open.push(argument);
    }
  }
}
