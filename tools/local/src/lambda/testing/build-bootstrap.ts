import { buildSync } from 'esbuild';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bundles the runtime client into a temporary file, as the build puts it beside the host's own bundle. */
export function buildBootstrap(): string {
  const outfile = join(mkdtempSync(join(tmpdir(), 'gatehouse-bootstrap-')), 'bootstrap.cjs');
  buildSync({
    entryPoints: [join(__dirname, '..', 'bootstrap', 'bootstrap.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outfile,
  });
  return outfile;
}
