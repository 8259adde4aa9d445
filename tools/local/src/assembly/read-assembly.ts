import { existsSync } from 'node:fs';
import path from 'node:path';
import { LocalError } from '../errors.ts';
import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { withNestedStacks } from './nested-stacks.ts';
import { parseTemplate } from './parse-template.ts';
import { readAssets } from './read-assets.ts';
import { readJsonFile } from './read-json-file.ts';
import type { Assembly, FileAsset, StackScope } from './template.ts';

/**
 * Reads a CDK cloud assembly (`cdk.out`): every stack of its manifest, the stacks of its stages (nested assemblies),
 * nested stacks and file assets.
 *
 * @throws LocalError ASSEMBLY_NOT_FOUND, ASSEMBLY_UNREADABLE, ASSEMBLY_INVALID, TEMPLATE_INVALID
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assembly
 */
export function readAssembly(directory: string): Assembly {
  const root = path.resolve(directory);
  if (!existsSync(path.join(root, 'manifest.json'))) {
    throw new LocalError('ASSEMBLY_NOT_FOUND', `${root} is not a cloud assembly: it has no manifest.json.`, {
      path: root,
      hint: 'Run cdk synth first, and give the folder that it writes (cdk.out).',
    });
  }
  const stacks = readStacks(root);
  if (stacks.length === 0) {
    throw new LocalError('ASSEMBLY_INVALID', `The assembly in ${root} holds no stack.`, { path: root });
  }
  return { source: directory, stacks };
}

/**
 * Reads one template (JSON) as an assembly of one stack, named as the file is. Code may be inline, or the path of a
 * folder relative to the template, as in a template that `aws cloudformation package` has not seen yet.
 *
 * @throws LocalError ASSEMBLY_NOT_FOUND, ASSEMBLY_UNREADABLE, TEMPLATE_INVALID
 */
export function readTemplate(file: string): Assembly {
  const absolute = path.resolve(file);
  const stack: StackScope = {
    name: path.basename(file).replace(/(\.template)?\.json$/, ''),
    template: parseTemplate(readJsonFile(absolute, 'the template'), path.basename(file)),
    directory: path.dirname(absolute),
    assets: new Map(),
  };
  return { source: file, stacks: withNestedStacks(stack) };
}

function readStacks(directory: string): StackScope[] {
  const manifestFile = path.join(directory, 'manifest.json');
  const manifest = readJsonFile(manifestFile, 'the manifest');
  const artifacts = isObject(manifest) ? manifest['artifacts'] : undefined;
  if (!isObject(artifacts)) {
    throw new LocalError('ASSEMBLY_INVALID', `${manifestFile} names no artifacts.`, { path: manifestFile });
  }
  const assets = readAllAssets(directory, artifacts);
  const stacks: StackScope[] = [];
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (!isObject(artifact)) continue;
    const properties = isObject(artifact['properties']) ? artifact['properties'] : {};
    if (artifact['type'] === 'cdk:cloud-assembly') {
      stacks.push(...readStacks(path.join(directory, fileName(properties, 'directoryName', id))));
    }
    if (artifact['type'] === 'aws:cloudformation:stack') {
      stacks.push(...withNestedStacks(readStack({ directory, id, artifact, properties, assets })));
    }
  }
  return stacks;
}

function readAllAssets(directory: string, artifacts: JsonObject): ReadonlyMap<string, FileAsset> {
  const all = new Map<string, FileAsset>();
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (!isObject(artifact) || artifact['type'] !== 'cdk:asset-manifest') continue;
    const properties = isObject(artifact['properties']) ? artifact['properties'] : {};
    for (const [key, asset] of readAssets(path.join(directory, fileName(properties, 'file', id)))) {
      all.set(key, asset);
    }
  }
  return all;
}

interface StackArtifact {
  readonly directory: string;
  readonly id: string;
  readonly artifact: JsonObject;
  readonly properties: JsonObject;
  readonly assets: ReadonlyMap<string, FileAsset>;
}

function readStack({ directory, id, artifact, properties, assets }: StackArtifact): StackScope {
  const templateFile = fileName(properties, 'templateFile', id);
  const document = readJsonFile(path.join(directory, templateFile), `the template of ${id}`);
  const name = properties['stackName'];
  return {
    name: typeof name === 'string' ? name : id,
    template: parseTemplate(document, templateFile),
    directory,
    assets,
    ...parseEnvironment(artifact['environment']),
  };
}

/** `aws://account/region`; `unknown-account` and `unknown-region` mean that the deployment decides. */
function parseEnvironment(value: unknown): { readonly accountId?: string; readonly region?: string } {
  const match = typeof value === 'string' ? /^aws:\/\/([^/]+)\/([^/]+)$/.exec(value) : null;
  const [, accountId, region] = match ?? [];
  return {
    ...(accountId === undefined || accountId === 'unknown-account' ? {} : { accountId }),
    ...(region === undefined || region === 'unknown-region' ? {} : { region }),
  };
}

function fileName(properties: JsonObject, name: string, id: string): string {
  const value = properties[name];
  if (typeof value !== 'string') {
    throw new LocalError('ASSEMBLY_INVALID', `Artifact ${id} of the manifest has no ${name}.`, { path: id });
  }
  return value;
}
