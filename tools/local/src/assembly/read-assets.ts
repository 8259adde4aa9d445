import path from 'node:path';
import { LocalError } from '../errors.ts';
import { isObject } from './json.ts';
import { readJsonFile } from './read-json-file.ts';
import type { FileAsset } from './template.ts';

/**
 * Reads an asset manifest (`<stack>.assets.json`): from the object key under which CloudFormation finds an asset to
 * the file or folder on disk. Container images and assets that a command makes are left out; who refers to one is told
 * by the model that its code is missing.
 *
 * @throws LocalError ASSEMBLY_INVALID when the manifest has another shape.
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/cloud-assembly-schema (assets/schema.ts)
 */
export function readAssets(manifestFile: string): ReadonlyMap<string, FileAsset> {
  const manifest = readJsonFile(manifestFile, 'an asset manifest');
  if (!isObject(manifest)) {
    throw new LocalError('ASSEMBLY_INVALID', `${manifestFile} is not an asset manifest.`, {
      path: manifestFile,
    });
  }
  const directory = path.dirname(manifestFile);
  const assets = new Map<string, FileAsset>();
  const files = manifest['files'];
  for (const entry of isObject(files) ? Object.values(files) : []) {
    const source = isObject(entry) ? entry['source'] : undefined;
    const destinations = isObject(entry) ? entry['destinations'] : undefined;
    if (!isObject(source) || typeof source['path'] !== 'string' || !isObject(destinations)) continue;
    const asset: FileAsset = {
      path: path.resolve(directory, source['path']),
      packaging: source['packaging'] === 'zip' ? 'zip' : 'file',
    };
    for (const destination of Object.values(destinations)) {
      const key = isObject(destination) ? destination['objectKey'] : undefined;
      if (typeof key === 'string') assets.set(key, asset);
    }
  }
  return assets;
}
