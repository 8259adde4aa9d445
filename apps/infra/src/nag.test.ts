import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInfraApp } from './app.ts';
import { BOOTSTRAP_PART, PARTS } from './names.ts';
import { fakeBundles, operations } from './testing/fixtures.ts';
import { variants } from './testing/variants.ts';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** `RULE path` of everything that AWS's Solutions pack finds and nobody acknowledged, warnings included. */
function findings(app: App): readonly string[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const report = join(app.outdir, 'validation-report.json');
  try {
    app.synth();
  } catch (error) {
    // A finding of level error ends the synth; the report has it.
    if (!existsSync(report)) throw error;
  }
  if (!existsSync(report)) return [];
  const { pluginReports }: Report = JSON.parse(readFileSync(report, 'utf8'));
  return pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  );
}

describe('cdk-nag, AwsSolutions', () => {
  const bundles = fakeBundles();

  it.each(Object.entries(variants))('has no unacknowledged finding in %s', (_name, environment) => {
    const app = createInfraApp({ environment, operations, bundles, parts: [BOOTSTRAP_PART, ...PARTS] });

    expect(findings(app)).toEqual([]);
  });

  it('finds what is wrong', () => {
    const app = new App();
    new Bucket(new Stack(app, 'Open'), 'Bucket');

    expect(findings(app)).toContain('AwsSolutions-S10 Open/Bucket/Resource');
  });
});
