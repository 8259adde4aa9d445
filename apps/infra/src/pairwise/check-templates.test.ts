import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devEnvironment, fakeBundles, operations } from '../testing/fixtures.ts';
import { checkTemplates } from './check-templates.ts';

const environments = [devEnvironment({ fronts: ['http'] }), devEnvironment({ fronts: ['rest'] })];
const bundles = fakeBundles();
const newFolder = () => mkdtempSync(join(tmpdir(), 'gatehouse-templates-'));

describe('checkTemplates', () => {
  it('writes every template of every part, and one that two environments share once', () => {
    const out = newFolder();
    const checked = checkTemplates(environments, { operations, bundles, out });

    const stacks = readdirSync(out).map((file) => file.replace(/-[0-9a-f]{12}\.template\.json$/, ''));
    expect(stacks.sort()).toEqual([
      'Gatehouse-Account',
      'Gatehouse-dev-Authorizer',
      'Gatehouse-dev-Data',
      'Gatehouse-dev-UsersApi',
      'Gatehouse-dev-UsersApi',
      'Gatehouse-dev-Webhook',
    ]);
    expect(checked).toMatchObject({ templates: 10, distinct: 6, findings: [] });
  });

  it('names templates that are beyond a limit', () => {
    const limits = { bytes: 1_000_000, resources: 20 };
    const { findings, mostResources } = checkTemplates(environments, {
      operations,
      bundles,
      out: newFolder(),
      limits,
    });

    expect(findings).toContainEqual(
      expect.stringMatching(`^Gatehouse-dev-UsersApi-.* has ${mostResources} resources$`),
    );
    expect(findings.join()).not.toContain('Account');
  });
});
