import { LocalError } from '../errors.ts';
import type { Evaluation } from './intrinsics/evaluation.ts';
import { isObject, isScalar, member } from './json.ts';
import type { Json } from './json.ts';
import type { ResolverOptions } from './resolver-options.ts';
import type { IdentifiedResource } from './resource-name.ts';
import { formatPosition } from './template.ts';
import type { Assembly, OutputDeclaration, Position, StackScope } from './template.ts';

/** What a stack may take from outside of its own template. */
export interface Lookups {
  /** A template parameter's value: given, passed by the parent stack, read from Parameter Store, or its default. */
  parameter(stack: StackScope, name: string, at: Position): Json;
  /** A Parameter Store parameter of any stack of the assembly, or undefined. */
  ssmParameter(name: string, at: Position): string | undefined;
  exported(exportName: string, at: Position): Json;
  nestedOutput(
    parent: StackScope,
    target: { readonly logicalId: string; readonly output: string },
    at: Position,
  ): Json;
}

interface LookupDependencies {
  readonly assembly: Assembly;
  readonly options: ResolverOptions;
  readonly evaluation: Evaluation;
  readonly exists: (stack: StackScope, logicalId: string) => boolean;
  readonly identified: (stack: StackScope, logicalId: string) => IdentifiedResource;
}

/** Looks across the stacks of an assembly. */
export function createLookups(deps: LookupDependencies): Lookups {
  const { assembly, options, evaluation } = deps;

  function ssmParameter(name: string): string | undefined {
    for (const stack of assembly.stacks) {
      for (const [logicalId, { type }] of Object.entries(stack.template.resources)) {
        if (type !== 'AWS::SSM::Parameter' || !deps.exists(stack, logicalId)) continue;
        const resource = deps.identified(stack, logicalId);
        if (resource.property('Name') !== name) continue;
        const value = resource.property('Value');
        return isScalar(value) ? String(value) : '';
      }
    }
    return undefined;
  }

  /** The text that a parameter is given, before its type is looked at. */
  function given(stack: StackScope, name: string): Json | undefined {
    const byUser = options.parameters.get(`${stack.name}:${name}`) ?? options.parameters.get(name);
    if (byUser !== undefined) return byUser;
    const passed = passedByParent(stack, name);
    return passed ?? stack.template.parameters[name]?.default;
  }

  function passedByParent({ nestedIn }: StackScope, name: string): Json | undefined {
    if (nestedIn === undefined) return undefined;
    const { stack, logicalId } = nestedIn;
    const parameters = stack.template.resources[logicalId]?.properties['Parameters'];
    const value = isObject(parameters) ? member(parameters, name) : undefined;
    if (value === undefined) return undefined;
    return evaluation.resolve(value, { stack, path: `${logicalId}.Properties.Parameters.${name}` });
  }

  function parameter(stack: StackScope, name: string, at: Position): Json {
    const value = given(stack, name);
    const type = stack.template.parameters[name]?.type ?? 'String';
    if (value === undefined) {
      throw new LocalError(
        'TEMPLATE_MISSING_PARAMETER',
        `${formatPosition(at)}: the parameter ${name} of ${stack.name} has no value and no default.`,
        { path: formatPosition(at), hint: `Give it with --parameter ${stack.name}:${name}=VALUE.` },
      );
    }
    const inStore = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type);
    if (inStore === null) return typed(value, type);
    const stored = typeof value === 'string' ? ssmParameter(value) : undefined;
    if (stored === undefined) {
      throw new LocalError(
        'TEMPLATE_UNKNOWN_REFERENCE',
        `${formatPosition(at)}: no stack of the assembly has the SSM parameter ${JSON.stringify(value)}.`,
        { path: formatPosition(at), hint: 'Give the assembly that holds the stack which makes it.' },
      );
    }
    return typed(stored, inStore[1] ?? 'String');
  }

  function exported(exportName: string, at: Position): Json {
    for (const stack of assembly.stacks) {
      for (const [name, output] of Object.entries(stack.template.outputs)) {
        const here = { stack, path: `Outputs.${name}` };
        if (output.exportName === undefined || !outputExists(output, here)) continue;
        if (evaluation.resolve(output.exportName, here) === exportName) return outputValue(output, here);
      }
    }
    throw new LocalError(
      'TEMPLATE_UNKNOWN_REFERENCE',
      `${formatPosition(at)}: no stack of the assembly exports ${exportName}.`,
      { path: formatPosition(at) },
    );
  }

  function nestedOutput(
    parent: StackScope,
    { logicalId, output }: { readonly logicalId: string; readonly output: string },
    at: Position,
  ): Json {
    const nested = assembly.stacks.find(
      ({ nestedIn }) => nestedIn?.stack.name === parent.name && nestedIn.logicalId === logicalId,
    );
    const declared = nested?.template.outputs[output];
    if (nested === undefined || declared === undefined) {
      throw new LocalError(
        'TEMPLATE_UNKNOWN_REFERENCE',
        `${formatPosition(at)}: the nested stack ${logicalId} has no output ${output}.`,
        { path: formatPosition(at) },
      );
    }
    return outputValue(declared, { stack: nested, path: `Outputs.${output}` });
  }

  function outputExists(output: OutputDeclaration, at: Position): boolean {
    return output.condition === undefined || evaluation.condition(output.condition, at);
  }

  function outputValue(output: OutputDeclaration, at: Position): Json {
    return evaluation.resolve(output.value, at) ?? '';
  }

  return { parameter, ssmParameter, exported, nestedOutput };
}

/** A parameter's text as its type has it: lists are split at commas, everything else stays text. */
function typed(value: Json, type: string): Json {
  if (type === 'CommaDelimitedList' || type.startsWith('List<')) {
    if (Array.isArray(value)) return value as readonly Json[];
    return isScalar(value)
      ? String(value)
          .split(',')
          .map((part) => part.trim())
      : [];
  }
  return isScalar(value) ? String(value) : value;
}
