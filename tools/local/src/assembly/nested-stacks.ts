import path from 'node:path';
import { LocalError } from '../errors.ts';
import type { Json } from './json.ts';
import { parseTemplate } from './parse-template.ts';
import { readJsonFile } from './read-json-file.ts';
import { shortHash } from './short-hash.ts';
import type { ResourceDeclaration, StackScope } from './template.ts';

/** CloudFormation's type of a nested stack. */
export const nestedStackType = 'AWS::CloudFormation::Stack';

const deepestNesting = 16;

/**
 * A stack followed by the stacks nested in it, at any depth. A nested stack's template is found by the file name that
 * the CDK leaves in the resource's metadata, else by the asset's object key at the end of its TemplateURL, else as a
 * path beside the parent's template.
 *
 * @throws LocalError TEMPLATE_INVALID when a nested template cannot be found or nests too deep.
 */
export function withNestedStacks(stack: StackScope, depth = 0): StackScope[] {
  if (depth > deepestNesting) {
    throw new LocalError('TEMPLATE_INVALID', `${stack.name} nests stacks more than ${deepestNesting} deep.`);
  }
  const stacks = [stack];
  for (const [logicalId, resource] of Object.entries(stack.template.resources)) {
    if (resource.type === nestedStackType) {
      stacks.push(...withNestedStacks(readNestedStack(stack, logicalId, resource), depth + 1));
    }
  }
  return stacks;
}

function readNestedStack(parent: StackScope, logicalId: string, resource: ResourceDeclaration): StackScope {
  const file = findTemplateFile(parent, resource);
  if (file === undefined) {
    throw new LocalError('TEMPLATE_INVALID', `Cannot find the template of the nested stack ${logicalId}.`, {
      path: `${parent.name}/${logicalId}.Properties.TemplateURL`,
    });
  }
  const template = parseTemplate(readJsonFile(file, `the template of ${logicalId}`), path.basename(file));
  return {
    ...parent,
    name: `${parent.name}-${logicalId}-${shortHash(`${parent.name}/${logicalId}`, 12).toUpperCase()}`,
    template,
    nestedIn: { stack: parent, logicalId },
  };
}

function findTemplateFile(parent: StackScope, resource: ResourceDeclaration): string | undefined {
  const assetPath = resource.metadata['aws:asset:path'];
  if (typeof assetPath === 'string') return path.resolve(parent.directory, assetPath);
  const tail = lastText(resource.properties['TemplateURL']);
  if (tail === undefined) return undefined;
  const asset = parent.assets.get(tail.slice(tail.lastIndexOf('/') + 1));
  if (asset !== undefined) return asset.path;
  return tail.includes('://') ? undefined : path.resolve(parent.directory, tail);
}

/** The text at the end of a string or of a Fn::Join, where the object key stands. */
function lastText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return lastText((value as readonly Json[]).at(-1));
  if (typeof value !== 'object' || value === null) return undefined;
  return lastText(Object.values(value)[0]);
}
