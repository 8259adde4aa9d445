import type { Check, Finding } from '../snapshot/workspace-snapshot.ts';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * A native package names its platforms' parts as optional dependencies. npm leaves a part out of the lock file in
 * silence when the registry did not have it that day; `npm ci` on that platform then fails or runs without it.
 */
export const lockFileHasEveryPlatform: Check = {
  name: 'lock file has every platform',
  run: ({ files, read }) =>
    files
      .filter((file) => /(?:^|\/)package-lock\.json$/.test(file))
      .flatMap((file) => missingParts(file, read(file) ?? '{}')),
};

function missingParts(file: string, text: string): Finding[] {
  const { packages = {} } = JSON.parse(text) as { packages?: Record<string, LockedPackage> };
  return Object.entries(packages).flatMap(([location, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !resolves(packages, location, name))
      .map((name) => ({
        where: file,
        problem: `${location || 'the root'} needs ${name}, which is not locked`,
      })),
  );
}

/** Node's own look-up: the package's node_modules, then each one above it. */
function resolves(packages: Readonly<Record<string, unknown>>, location: string, name: string): boolean {
  for (
    let folder = location;
    ;
    folder = folder.slice(0, folder.lastIndexOf('node_modules/')).replace(/\/$/, '')
  ) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}
