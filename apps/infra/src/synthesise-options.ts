import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOptions, runCommand } from './cli/options.ts';
import { usersOperations } from './contract/users-operations.ts';
import { checkTemplates } from './pairwise/check-templates.ts';
import { coveringEnvironments } from './pairwise/covering-environments.ts';

/**
 * `node dist/apps/infra/synthesise-options.cjs [--bundles dist/apps] [--out dist/lint-options]`: the templates of environments that
 * between them have every pair of values of environments.ts, each distinct one once, for cfn-lint; and coverage.json, which
 * says what each environment is and what was refused. Ends with 1 when cdk-nag or CloudFormation's limits object, or a pair is
 * refused and not at a field of one of the two.
 */
void runCommand(() => {
  const { values } = parseOptions({
    args: process.argv.slice(2),
    options: {
      bundles: { type: 'string', default: 'dist/apps' },
      out: { type: 'string', default: 'dist/lint-options' },
    },
  });
  const operations = usersOperations();
  rmSync(values.out, { recursive: true, force: true });
  const { accepted, coveredPairs, refused } = coveringEnvironments(operations);
  const checked = checkTemplates(
    accepted.map(({ environment }) => environment),
    { operations, bundles: values.bundles, out: values.out },
  );
  const coverage = {
    environments: accepted.map(({ assignment }) => assignment),
    refused: refused.map(({ pair, refusal }) => ({ pair, problems: refusal?.problems })),
  };
  writeFileSync(join(values.out, 'coverage.json'), `${JSON.stringify(coverage, undefined, 2)}\n`);
  const unexplained = refused.filter(({ refusal }) => refusal === undefined).map(({ pair }) => pair);
  const findings = [...checked.findings, ...unexplained.map((pair) => `${pair} is refused at another field`)];
  const lines = [
    `environments: ${accepted.length}`,
    `pairs of option values: ${coveredPairs} covered, ${refused.length} refused with the field's path`,
    `templates: ${checked.templates}, of which ${checked.distinct} distinct`,
    `largest template: ${Math.round(checked.largestBytes / 1024)} KB; most resources: ${checked.mostResources}`,
    `findings of cdk-nag, of the limits and of refusals: ${findings.length}`,
    ...findings.map((finding) => `  ${finding}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return findings.length === 0 ? 0 : 1;
});
