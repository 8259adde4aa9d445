import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodePackage } from './node-package.ts';

/** The Node that a function runs on. */
export interface NodeChoice {
  readonly executable: string;
  /** What the developer is to know, when it is not the version that the template names. */
  readonly notice?: string;
}

/** The major version of a managed Node runtime: 24 for `nodejs24.x`; undefined for any other runtime. */
export function nodeMajorOf(runtime: string): number | undefined {
  const major = /^nodejs([1-9][0-9]*)\.x$/.exec(runtime)?.[1];
  return major === undefined ? undefined : Number(major);
}

/**
 * Finds the Node for a runtime: the host's own when the major is the same, else an installed one
 * (`gatehouse-local runtime install`), else the host's own, with a notice.
 *
 * @param runtime such as `nodejs24.x`.
 */
export function findNode(runtime: string, runtimesDirectory: string): NodeChoice {
  const major = nodeMajorOf(runtime);
  if (String(major) === process.versions.node.split('.')[0]) return { executable: process.execPath };
  const { platform, arch } = process;
  const installed = nodeExecutable(runtime, { directory: runtimesDirectory, platform, arch });
  if (installed !== undefined && existsSync(installed)) return { executable: installed };
  return {
    executable: process.execPath,
    notice: `runs on Node ${process.versions.node}, not on ${runtime} (gatehouse-local runtime install ${runtime})`,
  };
}

export interface RuntimePlace {
  /** The runtimes folder. */
  readonly directory: string;
  readonly platform: string;
  readonly arch: string;
}

/** Where an installed runtime's Node stands; undefined on a platform that has none. */
export function nodeExecutable(
  runtime: string,
  { directory, platform, arch }: RuntimePlace,
): string | undefined {
  const name = nodePackage(platform, arch);
  if (name === undefined) return undefined;
  const program = platform === 'win32' ? 'node.exe' : 'node';
  return resolve(directory, runtime, 'node_modules', name, 'bin', program);
}
