import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InfraError } from './errors.ts';

/** A built app: the folder that Lambda gets, and the files in it whose exports are handlers. */
export interface Bundle {
  readonly app: string;
  readonly directory: string;
}

/**
 * The folder that an app's build wrote.
 *
 * @param root where the apps' outputs are, such as `dist/apps`.
 * @param files what has to be there, such as `main.cjs`.
 * @throws InfraError `INFRA_BUNDLE_MISSING`
 */
export function findBundle(root: string, app: string, files: readonly string[]): Bundle {
  const directory = join(root, app);
  const missing = files.filter((file) => !existsSync(join(directory, file)));
  if (missing.length > 0) {
    throw new InfraError(
      'INFRA_BUNDLE_MISSING',
      missing.map((file) => ({
        at: join(directory, file),
        message: `not built: run \`nx build ${app}\`, or leave ${app} out with --apps`,
      })),
    );
  }
  return { app, directory };
}
