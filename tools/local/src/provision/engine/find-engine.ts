import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LocalError } from '../../errors.ts';
import { installPackage } from '../../install-package.ts';
import type { RunNpm } from '../../install-package.ts';

/** The version that the host is tested with. */
export const engineVersion = '1.2.1';

export interface FindEngineOptions {
  /** As `process.platform` and `process.arch`, their defaults. */
  readonly platform?: string;
  readonly arch?: string;
  /** The PATH variable's value. */
  readonly searchPath: string;
  /** Where engines are installed. Default `.gatehouse/engines` in the working directory. */
  readonly enginesDirectory?: string;
  /** Folders from which an installed package is looked for, as `require` does. Default: the host's own and the working directory. */
  readonly packageRoots?: readonly string[];
  readonly npm?: RunNpm;
  /** Told before something is downloaded. */
  readonly notice?: (text: string) => void;
}

/**
 * Finds the DynamoDB engine (dynoxide): the platform's package where npm has put it, else `dynoxide` on PATH, else the
 * engines folder, into which the package is installed at the first start.
 *
 * @returns the program's absolute path.
 * @throws LocalError ENGINE_INSTALL_FAILED when it is nowhere and cannot be installed.
 */
export async function findEngine(options: FindEngineOptions): Promise<string> {
  const { platform = process.platform, arch = process.arch } = options;
  const name = `@dynoxide/${platform}-${arch}`;
  const program = platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  const directory = path.resolve(options.enginesDirectory ?? path.join('.gatehouse', 'engines'), 'dynoxide');
  const installed = path.join(directory, 'node_modules', ...name.split('/'), program);
  const found =
    inPackage(`${name}/package.json`, program, options.packageRoots) ??
    onPath(program, options.searchPath) ??
    (existsSync(installed) ? installed : undefined);
  if (found !== undefined) return found;

  const spec = `${name}@${engineVersion}`;
  options.notice?.(`installing the DynamoDB engine ${spec} into ${directory} (once, about 8 MB)`);
  try {
    await installPackage({ spec, directory }, options.npm);
  } catch (cause) {
    throw missing(`npm could not install ${spec}.`, cause);
  }
  if (!existsSync(installed)) throw missing(`${spec} holds no ${program}.`);
  return installed;
}

function inPackage(
  manifest: string,
  program: string,
  roots: readonly string[] | undefined,
): string | undefined {
  for (const root of roots ?? [__filename, path.join(process.cwd(), 'host.js')]) {
    try {
      const file = path.join(path.dirname(createRequire(root).resolve(manifest)), program);
      if (existsSync(file)) return file;
    } catch {
      // Not installed from here: the next place is looked at.
    }
  }
  return undefined;
}

function onPath(program: string, searchPath: string): string | undefined {
  return searchPath
    .split(path.delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => path.join(directory, program))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function missing(message: string, cause?: unknown): LocalError {
  return new LocalError('ENGINE_INSTALL_FAILED', `There is no DynamoDB engine here, and ${message}`, {
    cause,
    hint: 'Put dynoxide on PATH, or name another DynamoDB with --dynamodb-endpoint URL.',
  });
}
