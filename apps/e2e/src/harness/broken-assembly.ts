import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { distFile } from './local-host.ts';

/** What stands in for a function's bundle, by a text that its own bundle holds. */
export interface Replacement {
  readonly whereBundleHas: RegExp;
  /** CommonJS. */
  readonly source: string;
}

/** A copy of dist/cdk.out in which main.cjs of some assets is another; the templates are the same to the letter. */
export async function copyAssemblyWith(replacements: readonly Replacement[]): Promise<string> {
  const folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'gatehouse-e2e-')), 'cdk.out');
  await cp(distFile('cdk.out'), folder, { recursive: true });
  const assets = (await readdir(folder)).filter((name) => name.startsWith('asset.'));
  for (const { whereBundleHas, source } of replacements) {
    const bundles = assets.map((asset) => path.join(folder, asset, 'main.cjs'));
    const texts = await Promise.all(bundles.map((file) => readFile(file, 'utf8').catch(() => '')));
    const found = bundles.filter((_, index) => whereBundleHas.test(texts[index]!));
    if (found.length !== 1) throw new Error(`${String(whereBundleHas)} is in ${found.length} bundles`);
    await writeFile(found[0]!, source);
  }
  return folder;
}
