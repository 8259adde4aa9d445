import type { Json, JsonObject } from '../json.ts';
import { parseTemplate } from '../parse-template.ts';
import type { Place } from '../pseudo-parameters.ts';
import { createResolver } from '../resolver.ts';
import type { Resolver } from '../resolver.ts';
import type { ResolverOptions } from '../resolver-options.ts';
import type { Assembly } from '../template.ts';

/** Where test assemblies stand. */
export const testPlace: Place = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' };

/** An assembly of templates by stack name, without files. */
export function assemblyOf(templates: Readonly<Record<string, JsonObject>>): Assembly {
  return {
    source: 'memory',
    stacks: Object.entries(templates).map(([name, template]) => ({
      name,
      template: parseTemplate(template, `${name}.json`),
      directory: '/nowhere',
      assets: new Map(),
    })),
  };
}

/** A resolver of test templates. */
export function resolverOf(
  templates: Readonly<Record<string, JsonObject>>,
  options: Partial<ResolverOptions> = {},
): Resolver {
  return createResolver(assemblyOf(templates), {
    place: testPlace,
    parameters: new Map(),
    secretText: () => undefined,
    ...options,
  });
}

/** A template that needs nothing: one queue, and whatever a test adds. */
export function templateWith(sections: JsonObject): JsonObject {
  return {
    Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } },
    ...sections,
  };
}

/** Resolves one value in a stack named `App`. */
export function resolveValue(
  value: Json,
  sections: JsonObject = {},
  options: Partial<ResolverOptions> = {},
): Json | undefined {
  const resolver = resolverOf({ App: templateWith(sections) }, options);
  const stack = resolver.assembly.stacks[0]!;
  return resolver.resolve(value, { stack, path: 'Value' });
}

/** The code of the LocalError that a call throws. */
export function codeOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `not coded: ${String(error)}`;
  }
}
