import path from 'node:path';
import { LocalError } from '../errors.ts';
import type { FunctionCode, FunctionModel } from './app-model.ts';
import { originOf } from './resource-set.ts';
import type { ModelResource, ResourceSet } from './resource-set.ts';
import type { UnsupportedList } from './unsupported-list.ts';

/**
 * The functions. One whose code is not on this machine (an image, a bucket) is listed as unsupported and left out; who
 * calls it gets `unavailable` from the invoker.
 *
 * @throws LocalError MODEL_INVALID when a folder that a function's code should be in is not named by any asset.
 */
export function readFunctions(resources: ResourceSet, unsupported: UnsupportedList): FunctionModel[] {
  return resources.ofType('AWS::Lambda::Function').flatMap((resource) => {
    const { properties } = resource;
    const runtime = properties.text('Runtime');
    if (properties.text('PackageType') === 'Image' || runtime === undefined) {
      unsupported.add(resource, 'PackageType', 'container images are not run');
      return [];
    }
    const code = readCode(resource);
    if (code === undefined) {
      unsupported.add(resource, 'Code', 'the code is neither inline nor an asset of this assembly');
      return [];
    }
    const roleArn = properties.text('Role');
    const reservedConcurrency = properties.number('ReservedConcurrentExecutions');
    return [
      {
        ...originOf(resource),
        name: resource.id,
        arn: functionArn(resource),
        runtime,
        handler: properties.requiredText('Handler'),
        code,
        memoryMb: properties.number('MemorySize') ?? 128,
        timeoutMs: (properties.number('Timeout') ?? 3) * 1000,
        environment: properties.object('Environment')?.textMap('Variables') ?? {},
        ...(roleArn === undefined ? {} : { roleArn }),
        ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
        tracing: properties.object('TracingConfig')?.text('Mode') === 'Active' ? 'Active' : 'PassThrough',
      },
    ];
  });
}

/** A function's ARN without qualifier, from its own resource. */
function functionArn({ place, id }: ModelResource): string {
  return `arn:${place.partition}:lambda:${place.region}:${place.accountId}:function:${id}`;
}

function readCode(resource: ModelResource): FunctionCode | undefined {
  const { properties, stack, declaration } = resource;
  const whole = properties.json('Code');
  // A path beside the template, as before `aws cloudformation package`.
  if (typeof whole === 'string') return { kind: 'directory', path: path.resolve(stack.directory, whole) };
  const code = properties.object('Code');
  const source = code?.text('ZipFile');
  if (source !== undefined) return { kind: 'inline', source };
  const key = code?.text('S3Key');
  const asset = key === undefined ? undefined : stack.assets.get(path.posix.basename(key));
  if (asset !== undefined) {
    if (asset.packaging === 'file') {
      throw new LocalError('MODEL_INVALID', `${properties.path}.Code: ${asset.path} is an archive.`, {
        path: `${properties.path}.Code`,
        hint: 'Give the CDK the folder in place of the archive; it zips it at deployment.',
      });
    }
    return { kind: 'directory', path: asset.path };
  }
  const assetPath = declaration.metadata['aws:asset:path'];
  return typeof assetPath === 'string'
    ? { kind: 'directory', path: path.resolve(stack.directory, assetPath) }
    : undefined;
}
