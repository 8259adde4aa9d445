import { LocalError } from '../errors.ts';
import { assertNoDependencyCycle } from './dependency-cycles.ts';
import { hasDynamicReference, resolveDynamicReferences } from './dynamic-references.ts';
import { evaluateCondition } from './intrinsics/conditions.ts';
import type { Evaluation } from './intrinsics/evaluation.ts';
import { calledFunction, intrinsics } from './intrinsics/registry.ts';
import { isList, isObject, member } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { createLookups } from './lookups.ts';
import { nestedStackType } from './nested-stacks.ts';
import { pseudoParameters } from './pseudo-parameters.ts';
import type { Place } from './pseudo-parameters.ts';
import type { ResolverOptions } from './resolver-options.ts';
import { createOnce } from './resolve-once.ts';
import { attributeOf, referenceOf } from './resource-identity.ts';
import type { IdentifiedResource } from './resource-name.ts';
import { below, formatPosition } from './template.ts';
import type { Assembly, Position, ResourceDeclaration, StackScope } from './template.ts';

/** Gives values to what templates leave open. Every answer is computed once. */
export interface Resolver {
  readonly assembly: Assembly;
  placeOf(stack: StackScope): Place;
  /** A value without its intrinsic functions; undefined is `AWS::NoValue`. */
  resolve(value: Json, at: Position): Json | undefined;
  /** Whether the resource exists: its condition holds, and so do those of the stacks that it is nested in. */
  exists(stack: StackScope, logicalId: string): boolean;
  /** A resource with its properties resolved one by one, as they are asked for. */
  identified(stack: StackScope, logicalId: string): IdentifiedResource;
  /** What `Ref` gives for a resource. */
  reference(stack: StackScope, logicalId: string): string;
}

/** Deeper values than this are refused: CloudFormation's own limit is far below. */
const deepestValue = 100;

/**
 * A resolver of an assembly.
 *
 * @throws LocalError TEMPLATE_CYCLE when resources of a stack depend on each other in a circle. What it resolves later
 *   throws TEMPLATE_INTRINSIC, TEMPLATE_UNKNOWN_REFERENCE, TEMPLATE_MISSING_PARAMETER, TEMPLATE_CYCLE or
 *   TEMPLATE_TOO_DEEP, each with the place in the template.
 */
export function createResolver(assembly: Assembly, options: ResolverOptions): Resolver {
  for (const stack of assembly.stacks) assertNoDependencyCycle(stack);
  const once = createOnce();

  const placeOf = (stack: StackScope): Place => ({
    ...options.place,
    ...(stack.region === undefined ? {} : { region: stack.region }),
    ...(stack.accountId === undefined ? {} : { accountId: stack.accountId }),
  });

  const resolve = (value: Json, at: Position): Json | undefined => {
    const resolved = walk(value, at, 0);
    return resolved === undefined ? undefined : withDynamicReferences(resolved, at);
  };

  /** Last of all: a dynamic reference may be made of parts that functions join. */
  function withDynamicReferences(value: Json, at: Position): Json {
    if (typeof value === 'string') {
      return hasDynamicReference(value) ? resolveDynamicReferences(value, at, dynamicSources) : value;
    }
    if (isList(value)) return value.map((element) => withDynamicReferences(element, at));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, withDynamicReferences(part, at)]),
    );
  }

  function walk(value: Json, at: Position, depth: number): Json | undefined {
    if (depth > deepestValue || at.path.length > 20_000) {
      throw new LocalError('TEMPLATE_TOO_DEEP', `${at.stack.name}: a value is nested too deep.`, {
        path: formatPosition(at).slice(0, 200),
      });
    }
    if (isList(value)) return walkList(value, at, depth);
    return isObject(value) ? walkObject(value, at, depth) : value;
  }

  function walkList(list: readonly Json[], at: Position, depth: number): readonly Json[] {
    const elements = list.map((element, index) => walk(element, below(at, index), depth + 1));
    return elements.filter((element) => element !== undefined);
  }

  function walkObject(object: JsonObject, at: Position, depth: number): Json | undefined {
    const name = calledFunction(Object.keys(object));
    if (name !== undefined) {
      const intrinsic = intrinsics.get(name);
      if (intrinsic === undefined) {
        throw new LocalError('TEMPLATE_INTRINSIC', `${formatPosition(at)}: ${name} is not supported.`, {
          path: formatPosition(at),
        });
      }
      const argument = member(object, name) ?? null;
      const inner: Evaluation = { ...evaluation, resolve: (part, place) => walk(part, place, depth + 1) };
      return intrinsic(argument, below(at, name), inner);
    }
    // fromEntries defines members, so that a key `__proto__` stays a key.
    return Object.fromEntries(
      Object.entries(object)
        .map(([key, part]) => [key, walk(part, below(at, key), depth + 1)] as const)
        .filter((entry): entry is readonly [string, Json] => entry[1] !== undefined),
    );
  }

  function declarationOf(stack: StackScope, logicalId: string): ResourceDeclaration | undefined {
    return stack.template.resources[logicalId];
  }

  function identified(stack: StackScope, logicalId: string): IdentifiedResource {
    const declaration = declarationOf(stack, logicalId);
    if (declaration === undefined) throw new TypeError(`${stack.name} has no resource ${logicalId}`);
    return {
      type: declaration.type,
      stack,
      logicalId,
      place: placeOf(stack),
      property(name) {
        const value = member(declaration.properties, name);
        if (value === undefined) return undefined;
        const at = { stack, path: `${logicalId}.Properties.${name}` };
        return once(`${stack.name}/${at.path}`, at, () => resolve(value, at));
      },
    };
  }

  function condition(name: string, at: Position): boolean {
    return once(`condition ${at.stack.name}/${name}`, at, () => {
      const declared = member(at.stack.template.conditions, name);
      if (declared === undefined) throw unknownReference(at, `Conditions has no ${name}`);
      return evaluateCondition(declared, { stack: at.stack, path: `Conditions.${name}` }, evaluation);
    });
  }

  function exists(stack: StackScope, logicalId: string): boolean {
    const name = declarationOf(stack, logicalId)?.condition;
    const at = { stack, path: `${logicalId}.Condition` };
    const { nestedIn } = stack;
    return (
      (name === undefined || condition(name, at)) &&
      (nestedIn === undefined || exists(nestedIn.stack, nestedIn.logicalId))
    );
  }

  function reference(name: string, at: Position): Json | undefined {
    const { stack } = at;
    // No other name holds a colon.
    const pseudo = name.startsWith('AWS::') ? pseudoParameters(stack, placeOf(stack)) : undefined;
    if (pseudo?.has(name) === true) return pseudo.get(name);
    if (name in stack.template.parameters) {
      return once(`parameter ${stack.name}/${name}`, at, () => lookups.parameter(stack, name, at));
    }
    if (!(name in stack.template.resources)) {
      throw unknownReference(at, `there is no parameter or resource ${name}`);
    }
    return once(`${stack.name}/${name}`, at, () => referenceOf(identified(stack, name)));
  }

  function attribute(
    { logicalId, attribute: name }: { readonly logicalId: string; readonly attribute: string },
    at: Position,
  ): Json {
    const { stack } = at;
    const declaration = declarationOf(stack, logicalId);
    if (declaration === undefined) throw unknownReference(at, `there is no resource ${logicalId}`);
    return once(`${stack.name}/${logicalId}.${name}`, at, () => {
      if (declaration.type === nestedStackType && name.startsWith('Outputs.')) {
        return lookups.nestedOutput(stack, { logicalId, output: name.slice('Outputs.'.length) }, at);
      }
      const value = attributeOf(identified(stack, logicalId), name);
      if (value === undefined) throw unknownReference(at, `${declaration.type} has no attribute ${name}`);
      return value;
    });
  }

  const evaluation: Evaluation = {
    resolve,
    reference,
    attribute,
    condition,
    imported: (exportName, at) => once(`export ${exportName}`, at, () => lookups.exported(exportName, at)),
  };
  const lookups = createLookups({ assembly, options, evaluation, exists, identified });
  const dynamicSources = {
    parameter: (name: string, at: Position) => lookups.ssmParameter(name, at),
    secret: options.secretText,
  };

  return {
    assembly,
    placeOf,
    resolve,
    exists,
    identified,
    reference: (stack, logicalId) =>
      once(`${stack.name}/${logicalId}`, { stack, path: logicalId }, () =>
        referenceOf(identified(stack, logicalId)),
      ),
  };
}

function unknownReference(at: Position, problem: string): LocalError {
  return new LocalError('TEMPLATE_UNKNOWN_REFERENCE', `${formatPosition(at)}: ${problem}.`, {
    path: formatPosition(at),
  });
}
