import { LocalError } from '../errors.ts';
import { isObject, member } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import type { OutputDeclaration, ParameterDeclaration, ResourceDeclaration, Template } from './template.ts';

const knownSections = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
]);

/**
 * Checks a template's sections and gives them names. Values stay as they are.
 *
 * @param source the file's name, for messages.
 * @throws LocalError TEMPLATE_INVALID when a section or a resource has the wrong shape, or the template needs a macro.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function parseTemplate(document: unknown, source: string): Template {
  if (!isObject(document)) throw invalid(source, 'a template is a JSON object');
  if (document['Transform'] !== undefined) {
    throw new LocalError('TEMPLATE_INVALID', `${source}: the template needs a macro (Transform).`, {
      path: 'Transform',
      hint: 'Give the processed template: macros, SAM among them, run in CloudFormation only.',
    });
  }
  const resources = section(document, 'Resources', source);
  if (Object.keys(resources).length === 0) throw invalid(source, 'Resources is missing or empty');
  return {
    parameters: mapSection(section(document, 'Parameters', source), (name, value) =>
      parseParameter(value, `${source}: Parameters.${name}`),
    ),
    mappings: section(document, 'Mappings', source),
    conditions: section(document, 'Conditions', source),
    resources: mapSection(resources, (name, value) => parseResource(value, `${source}: Resources.${name}`)),
    outputs: mapSection(section(document, 'Outputs', source), (name, value) =>
      parseOutput(value, `${source}: Outputs.${name}`),
    ),
    otherSections: Object.keys(document).filter((name) => !knownSections.has(name)),
  };
}

function section(document: JsonObject, name: string, source: string): JsonObject {
  const value = member(document, name) ?? {};
  if (!isObject(value)) throw invalid(source, `${name} is not an object`);
  return value;
}

/** Without a prototype, so that a resource may be named as a member of Object.prototype is. */
function mapSection<T>(values: JsonObject, parse: (name: string, value: Json) => T): Record<string, T> {
  const parsed = Object.create(null) as Record<string, T>;
  for (const [name, value] of Object.entries(values)) parsed[name] = parse(name, value);
  return parsed;
}

function parseParameter(value: Json, place: string): ParameterDeclaration {
  if (!isObject(value) || typeof value['Type'] !== 'string') throw invalid(place, 'Type is missing');
  const fallback = member(value, 'Default');
  return { type: value['Type'], ...(fallback === undefined ? {} : { default: fallback }) };
}

function parseResource(value: Json, place: string): ResourceDeclaration {
  if (!isObject(value) || typeof value['Type'] !== 'string') throw invalid(place, 'Type is missing');
  const properties = member(value, 'Properties') ?? {};
  const metadata = member(value, 'Metadata') ?? {};
  if (!isObject(properties)) throw invalid(place, 'Properties is not an object');
  const dependsOn = member(value, 'DependsOn') ?? [];
  const names = typeof dependsOn === 'string' ? [dependsOn] : dependsOn;
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw invalid(place, 'DependsOn is neither a name nor a list of names');
  }
  return {
    type: value['Type'],
    properties,
    metadata: isObject(metadata) ? metadata : {},
    dependsOn: names,
    ...parseCondition(value, place),
  };
}

function parseOutput(value: Json, place: string): OutputDeclaration {
  if (!isObject(value) || value['Value'] === undefined) throw invalid(place, 'Value is missing');
  const exported = member(value, 'Export');
  if (exported !== undefined && !isObject(exported)) throw invalid(place, 'Export is not an object');
  const exportName = exported?.['Name'];
  return {
    value: value['Value'],
    ...(exportName === undefined ? {} : { exportName }),
    ...parseCondition(value, place),
  };
}

function parseCondition(value: JsonObject, place: string): { readonly condition?: string } {
  const condition = member(value, 'Condition');
  if (condition === undefined) return {};
  if (typeof condition !== 'string') throw invalid(place, 'Condition is not a name');
  return { condition };
}

function invalid(place: string, problem: string): LocalError {
  return new LocalError('TEMPLATE_INVALID', `${place}: ${problem}.`);
}
