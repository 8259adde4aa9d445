import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { runFreshProcess } from '../../fresh-process.ts';
import { toRow } from '../../stats.ts';
import type { Row } from '../../suite.ts';
import { bundleCandidate } from './bundle-candidate.ts';

/** What config.ts of users-api asks for; nothing is called while it loads. */
const env = {
  AWS_REGION: 'eu-west-1',
  CORS: '{"origins":["https://app.example.com"]}',
  ENVIRONMENT: 'dev',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  POWERTOOLS_METRICS_NAMESPACE: 'Gatehouse',
  POWERTOOLS_SERVICE_NAME: 'users-api',
  USERS_TABLE: 'users',
};

/** The esbuild options of the app's build: Tracer, and the X-Ray SDK with it, are a file that is loaded when it is needed. */
const BUILD_OPTIONS = 'libs/observability/esbuild/with-tracer-file.cjs';

/** The deployed app: bundle, CPU time of its init, and what each dependency adds to the bundle. */
export async function usersApiRows(options: {
  readonly workspaceRoot: string;
  readonly directory: string;
  readonly initScript: string;
  readonly rounds: number;
}): Promise<readonly Row[]> {
  const { workspaceRoot, directory, initScript, rounds } = options;
  const name = 'users-api';
  const file = path.join(directory, `${name}.cjs`);
  const entry = path.join(workspaceRoot, 'apps/users-api/src/main.ts');
  const require = createRequire(path.join(workspaceRoot, 'package.json'));
  const { plugins } = require(path.join(workspaceRoot, BUILD_OPTIONS)) as { readonly plugins: Plugin[] };
  const { bytes, parts } = await bundleCandidate(entry, { workspaceRoot, file, plugins });
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { initMs } = await runFreshProcess<{ readonly initMs: number }>(initScript, { args: [file], env });
    samples.push(initMs);
  }
  return [
    toRow({ name, metric: 'bundle', unit: 'KB', samples: [bytes / 1000] }),
    toRow({ name, metric: 'init', unit: 'ms', samples }),
    ...parts.map(([part, size]) =>
      toRow({ name, metric: `bundle: ${part}`, unit: 'KB', samples: [size / 1000] }),
    ),
  ];
}
