import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { atMost, medianOf, toRow } from '../../stats.ts';
import type { Row, Suite, SuiteContext } from '../../suite.ts';

const rounds = 5;
const environments = 'dev,staging,prod';

/** CloudFormation's limits: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxTemplateBytes = 1_000_000;
const maxResources = 500;

/** What a synthesis takes, of one environment and of all in one process, and how large the templates are. */
export const infraSuite: Suite = {
  name: 'infra',
  summary: 'synthesis of one and of all environments; sizes of the templates',
  async run(context) {
    const out = await mkdtemp(path.join(os.tmpdir(), 'gatehouse-bench-infra-'));
    try {
      const one: number[] = [];
      const all: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        context.log(`round ${round + 1} of ${rounds}`);
        one.push(await synthesise(context, 'dev', path.join(out, 'one')));
        all.push(await synthesise(context, environments, path.join(out, 'all')));
      }
      const rows = [
        toRow({ name: 'dev', metric: 'synth', unit: 'ms', samples: one }),
        toRow({ name: 'all environments', metric: 'synth', unit: 'ms', samples: all }),
        ...(await sizes(path.join(out, 'all'))),
      ];
      const largest = (metric: string) =>
        Math.max(...rows.filter((row) => row.metric === metric).map(({ median }) => median));
      return {
        rows,
        budgets: [
          atMost(
            'all environments / one',
            3,
            medianOf(rows, 'all environments', 'synth') / medianOf(rows, 'dev', 'synth'),
          ),
          atMost('largest template / limit', 0.25, (largest('template') * 1024) / maxTemplateBytes),
          atMost('most resources / limit', 0.25, largest('resources') / maxResources),
        ],
      };
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  },
};

/** Milliseconds of a fresh process; the validator is left out, as in `nx synth infra`. */
async function synthesise({ workspaceRoot }: SuiteContext, envs: string, out: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['dist/apps/infra/main.cjs', '--env', envs, '--out', out], {
    cwd: workspaceRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', CDK_VALIDATION: 'false' },
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The synthesis of ${envs} ended with ${String(code)}`);
  return performance.now() - startedAt;
}

async function sizes(folder: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const environment of await readdir(folder)) {
    const files = await readdir(path.join(folder, environment));
    for (const file of files.filter((name) => name.endsWith('.template.json'))) {
      const template = path.join(folder, environment, file);
      const name = file.replace('.template.json', '');
      const { size } = await stat(template);
      const { Resources } = JSON.parse(await readFile(template, 'utf8')) as { Resources: object };
      rows.push(
        toRow({ name, metric: 'template', unit: 'KB', samples: [size / 1024] }),
        toRow({ name, metric: 'resources', unit: 'count', samples: [Object.keys(Resources).length] }),
      );
    }
  }
  return rows;
}
