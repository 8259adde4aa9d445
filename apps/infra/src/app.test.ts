import { createHash } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { createInfraApp, type InfraAppOptions } from './app.ts';
import { BOOTSTRAP_PART, PARTS } from './names.ts';
import { devEnvironment, fakeBundles, operations } from './testing/fixtures.ts';
import { refusalOf } from './testing/refusal.ts';
import { variants } from './testing/variants.ts';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

function createDev(options: Partial<InfraAppOptions> = {}): App {
  return createInfraApp({ environment: devEnvironment(), operations, bundles: fakeBundles(), ...options });
}

function templatesOf(app: App): Readonly<Record<string, Template>> {
  return Object.fromEntries(
    app
      .synth()
      .stacks.map(({ stackName, template }: { stackName: string; template: Template }) => [
        stackName,
        template,
      ]),
  );
}

function hashes(bundles: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(templatesOf(createDev({ bundles }))).map(([name, template]) => [
      name,
      createHash('sha256').update(JSON.stringify(template)).digest('hex'),
    ]),
  );
}

describe('an included part', () => {
  it('is synthesised although another team’s bundle is broken', () => {
    const bundles = fakeBundles();
    writeFileSync(join(bundles, 'webhook', 'receiver.cjs'), 'exports.handler = async () => {');

    expect(refusalOf(() => createDev({ bundles }))).toMatchObject({
      code: 'INFRA_BUNDLE_BROKEN',
      problems: [
        { at: join(bundles, 'webhook', 'receiver.cjs'), message: expect.stringContaining('SyntaxError') },
      ],
    });
    expect(Object.keys(templatesOf(createDev({ bundles, parts: ['users-api'] })))).toEqual([
      'Gatehouse-dev-UsersApi',
    ]);
  });

  it('is synthesised although another team’s bundle was never built', () => {
    const bundles = fakeBundles();
    rmSync(join(bundles, 'webhook'), { recursive: true });

    const { code, message } = refusalOf(() => createDev({ bundles }));
    expect(code).toBe('INFRA_BUNDLE_MISSING');
    expect(message).toContain('nx build webhook');
    expect(() => createDev({ bundles, parts: ['users-api'] }).synth()).not.toThrow();
  });

  it('has the template that it has among all the others', () => {
    const bundles = fakeBundles();
    const alone = templatesOf(createDev({ bundles, parts: ['users-api'] }));

    expect(alone['Gatehouse-dev-UsersApi']).toEqual(
      templatesOf(createDev({ bundles }))['Gatehouse-dev-UsersApi'],
    );
  });
});

describe('a change to one app’s code', () => {
  it.each([
    ['users-api', 'main.cjs', 'Gatehouse-dev-UsersApi'],
    ['authorizer', 'main.cjs', 'Gatehouse-dev-Authorizer'],
    ['webhook', 'processor.cjs', 'Gatehouse-dev-Webhook'],
  ])('of %s changes the template of its stack and no other', (app, file, stack) => {
    const bundles = fakeBundles();
    const before = hashes(bundles);
    writeFileSync(join(bundles, app, file), 'exports.handler = async () => 1;\n');
    const after = hashes(bundles);

    expect(Object.keys(before).filter((name) => before[name] !== after[name])).toEqual([stack]);
  });

  it('is not a change of its source map', () => {
    const bundles = fakeBundles();
    const before = hashes(bundles);
    writeFileSync(join(bundles, 'users-api', 'main.cjs.map'), '{"version":3}\n');

    expect(hashes(bundles)).toEqual(before);
  });
});

describe('the templates', () => {
  const bundles = fakeBundles();
  const all = Object.entries(variants).map(([variant, environment]) => {
    const app = createInfraApp({ environment, operations, bundles, parts: [BOOTSTRAP_PART, ...PARTS] });
    return { variant, stacks: app.synth().stacks };
  });
  const templates = all.flatMap(({ variant, stacks }) =>
    stacks.map((stack) => ({
      name: `${variant}: ${stack.stackName}`,
      bytes: statSync(stack.templateFullPath).size,
      resources: Object.values((stack.template as Template).Resources),
    })),
  );

  it('stay well below CloudFormation’s limits', () => {
    for (const { name, bytes, resources } of templates) {
      expect([name, bytes < 500_000, resources.length < 250]).toEqual([name, true, true]);
    }
  });

  it('hold no custom resource', () => {
    const types = new Set(templates.flatMap(({ resources }) => resources.map(({ Type }) => Type)));

    expect(
      [...types].filter((type) => type.startsWith('Custom::') || type.includes('CustomResource')),
    ).toEqual([]);
  });

  it('name no account', () => {
    const texts = all.flatMap(({ stacks }) => stacks.map(({ template }) => JSON.stringify(template)));

    expect(texts.filter((text) => /\b\d{12}\b/.test(text))).toEqual([]);
  });
});
