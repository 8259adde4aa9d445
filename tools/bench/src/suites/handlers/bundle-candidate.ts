import path from 'node:path';
import { build, type Plugin } from 'esbuild';

export interface Bundle {
  readonly file: string;
  readonly bytes: number;
  /** Without the entry itself and the schema library, which all candidates but the bare one have. */
  readonly kernelBytes: number;
  /** Bytes by package or project, largest first. */
  readonly parts: readonly (readonly [string, number])[];
}

/** Bundles an entry as a function is: one minified cjs file. `target` is the Node that measures. */
export async function bundleCandidate(
  entry: string,
  options: { readonly workspaceRoot: string; readonly file: string; readonly plugins?: Plugin[] },
): Promise<Bundle> {
  const { workspaceRoot, file, plugins = [] } = options;
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    tsconfig: path.join(workspaceRoot, 'tsconfig.base.json'),
    absWorkingDir: workspaceRoot,
    metafile: true,
    plugins,
    legalComments: 'none',
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs);
  if (!output) throw new Error(`${entry} gave no bundle`);
  const parts = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    const part = partOf(input);
    parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
  }
  const shared = (parts.get('entry') ?? 0) + (parts.get('valibot') ?? 0);
  return {
    file,
    bytes: output.bytes,
    kernelBytes: output.bytes - shared,
    parts: [...parts].sort(([, a], [, b]) => b - a),
  };
}

/** `valibot`, `@middy/core`, `@gatehouse/http`, or `entry` for what a candidate's author writes. */
function partOf(input: string): string {
  const [, scoped] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  if (scoped !== undefined) return scoped;
  const [, library] = /^libs\/([^/]+)/.exec(input) ?? [];
  return library === undefined ? 'entry' : `@gatehouse/${library}`;
}
