import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from '../../errors.ts';
import { installPackage, type RunNpm } from '../../install-package.ts';
import { nodeExecutable, nodeMajorOf } from './find-node.ts';
import { nodePackage } from './node-package.ts';

export interface InstallRuntimeOptions {
  /** Default `.gatehouse/runtimes` in the working directory. */
  readonly runtimesDirectory?: string;
  /** As `process.platform` and `process.arch`, their defaults. */
  readonly platform?: string;
  readonly arch?: string;
  /** Default: the `npm` on PATH. */
  readonly npm?: RunNpm;
}

export interface InstalledRuntime {
  readonly executable: string;
  /** Whether it was there before. */
  readonly cached: boolean;
}

/**
 * Puts the Node of a managed runtime into the runtimes folder: the npm package that holds Node's program alone, without
 * install scripts. About 190 MB. Whole or not at all.
 *
 * @param runtime such as `nodejs24.x`.
 * @throws {LocalError} `RUNTIME_UNKNOWN` when the name is no Node runtime's; `RUNTIME_INSTALL_FAILED` when the platform
 * has no package or npm fails.
 */
export async function installRuntime(
  runtime: string,
  options: InstallRuntimeOptions = {},
): Promise<InstalledRuntime> {
  const { platform = process.platform, arch = process.arch, npm } = options;
  const runtimesDirectory = options.runtimesDirectory ?? join('.gatehouse', 'runtimes');
  const major = nodeMajorOf(runtime);
  if (major === undefined)
    throw new LocalError('RUNTIME_UNKNOWN', `${runtime} is no Node runtime (nodejs24.x)`);
  const name = nodePackage(platform, arch);
  const executable = nodeExecutable(runtime, { directory: runtimesDirectory, platform, arch });
  if (name === undefined || executable === undefined)
    throw new LocalError('RUNTIME_INSTALL_FAILED', `No package holds Node for ${platform}-${arch}`);
  if (existsSync(executable)) return { executable, cached: true };

  try {
    await installPackage({ spec: `${name}@${major}`, directory: join(runtimesDirectory, runtime) }, npm);
  } catch (cause) {
    throw new LocalError('RUNTIME_INSTALL_FAILED', `npm could not install ${name}@${major}`, { cause });
  }
  if (!existsSync(executable))
    throw new LocalError('RUNTIME_INSTALL_FAILED', `${name}@${major} holds no Node program`);
  return { executable, cached: false };
}
