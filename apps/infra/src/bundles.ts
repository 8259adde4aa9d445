import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { InfraError, type Problem } from './errors.ts';

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
 * @throws InfraError `INFRA_BUNDLE_MISSING` for a file that is not there, `INFRA_BUNDLE_BROKEN` for one that Node could not
 *   even parse.
 */
export function findBundle(root: string, app: string, files: readonly string[]): Bundle {
  const directory = join(root, app);
  const paths = files.map((file) => join(directory, file));
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) {
    throw new InfraError(
      'INFRA_BUNDLE_MISSING',
      missing.map((at) => ({
        at,
        message: `not built: run \`nx build ${app}\`, or leave ${app} out with --apps`,
      })),
    );
  }
  const broken = paths.flatMap(parseProblems);
  if (broken.length > 0) throw new InfraError('INFRA_BUNDLE_BROKEN', broken);
  return { app, directory };
}

/** Parsed, never run: what a bundle does when it is loaded is its own affair. */
function parseProblems(path: string): readonly Problem[] {
  try {
    new Script(
      `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'utf8')}\n})`,
    );
    return [];
  } catch (error) {
    return [{ at: path, message: error instanceof Error ? error.message : String(error) }];
  }
}
