import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInfraApp } from '../app.ts';
import { nagFindings } from '../checks/nag-findings.ts';
import type { Operation } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';
import { BOOTSTRAP_PART, PARTS } from '../names.ts';

/** CloudFormation's: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LIMITS = { bytes: 1_000_000, resources: 500 };

export interface CheckOptions {
  readonly operations: readonly Operation[];
  /** Where the apps' build outputs are. */
  readonly bundles: string;
  /** Where each template is written that no environment before had: `<stack>-<hash>.template.json`. */
  readonly out: string;
  /** Of one template. Default: CloudFormation's. */
  readonly limits?: Readonly<typeof LIMITS>;
}

export interface CheckedTemplates {
  /** Of all environments together. */
  readonly templates: number;
  /** Written to `out`: the others are the same to the letter. */
  readonly distinct: number;
  readonly largestBytes: number;
  readonly mostResources: number;
  /** What cdk-nag finds, and templates beyond CloudFormation's limits. Empty: nothing to mend. */
  readonly findings: readonly string[];
}

/** Synthesises all parts of each environment in this process, and checks what cfn-lint does not. */
export function checkTemplates(
  environments: readonly Environment[],
  { operations, bundles, out, limits = LIMITS }: CheckOptions,
): CheckedTemplates {
  mkdirSync(out, { recursive: true });
  const sizes: { readonly name: string; readonly bytes: number; readonly resources: number }[] = [];
  const findings = new Set<string>();
  const written = new Set<string>();
  for (const environment of environments) {
    const outdir = mkdtempSync(join(tmpdir(), 'gatehouse-options-'));
    const app = createInfraApp({
      environment,
      operations,
      bundles,
      outdir,
      parts: [BOOTSTRAP_PART, ...PARTS],
    });
    const ofNag = nagFindings(app);
    for (const finding of ofNag) findings.add(finding);
    // An app with findings makes no assembly.
    if (ofNag.length > 0) continue;
    for (const { stackName, templateFullPath } of app.synth().stacks) {
      const text = readFileSync(templateFullPath, 'utf8');
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
      const name = `${stackName}-${hash}.template.json`;
      const { Resources } = JSON.parse(text) as { Resources: object };
      sizes.push({ name, bytes: Buffer.byteLength(text), resources: Object.keys(Resources).length });
      if (!written.has(name)) writeFileSync(join(out, name), text);
      written.add(name);
    }
    rmSync(outdir, { recursive: true });
  }
  for (const { name, bytes, resources } of sizes) {
    if (bytes > limits.bytes) findings.add(`${name} has ${bytes} bytes`);
    if (resources > limits.resources) findings.add(`${name} has ${resources} resources`);
  }
  return {
    templates: sizes.length,
    distinct: written.size,
    largestBytes: Math.max(...sizes.map(({ bytes }) => bytes)),
    mostResources: Math.max(...sizes.map(({ resources }) => resources)),
    findings: [...findings],
  };
}
