import { build } from 'esbuild';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { InitCandidate } from './init-candidates.ts';

/** A program as it would be deployed. */
export interface BuiltProgram {
  readonly name: string;
  readonly file: string;
  readonly bundleKb: number;
}

/** Bundles a file of this suite to run in a process of its own. */
export async function buildDriver(workspaceRoot: string, name: string): Promise<string> {
  const outfile = path.join(workspaceRoot, 'dist/bench/clients', `${name}.cjs`);
  await build({
    ...options(workspaceRoot),
    entryPoints: [path.join(workspaceRoot, 'tools/bench/src/suites/clients', `${name}.ts`)],
    outfile,
  });
  return outfile;
}

/** Bundles a candidate's program, minified, to one CommonJS file. */
export async function buildProgram(
  workspaceRoot: string,
  candidate: InitCandidate,
  peersDirectory: string,
): Promise<BuiltProgram> {
  const slug = candidate.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const file = path.join(workspaceRoot, 'dist/bench/clients', `init-${slug}.cjs`);
  await build({
    ...options(workspaceRoot),
    stdin: {
      contents: candidate.program,
      resolveDir: candidate.peer === true ? peersDirectory : workspaceRoot,
      loader: 'js',
    },
    minify: true,
    outfile: file,
  });
  return { name: candidate.name, file, bundleKb: (await stat(file)).size / 1_024 };
}

function options(workspaceRoot: string): object {
  return {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    tsconfig: path.join(workspaceRoot, 'tsconfig.base.json'),
    logLevel: 'error',
  };
}
