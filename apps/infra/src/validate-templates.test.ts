import { Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { createApp, createInfraApp } from './app.ts';
import { fakeBundles, operations } from './testing/fixtures.ts';
import { variants } from './testing/variants.ts';

/** The one place where the CDK's own template validator runs in tests. */
describe('the CDK’s validator', () => {
  const before = process.env['CDK_VALIDATION'];
  beforeAll(() => delete process.env['CDK_VALIDATION']);
  afterAll(() => {
    process.env['CDK_VALIDATION'] = before;
  });

  it.each(['prod'])('accepts every template of %s', (name) => {
    const app = createInfraApp({ environment: variants[name]!, operations, bundles: fakeBundles() });

    expect(() => app.synth()).not.toThrow();
  });

  it('refuses a property of the wrong type', () => {
    const app = createApp();
    new CfnBucket(new Stack(app, 'Wrong'), 'Bucket').addPropertyOverride('VersioningConfiguration', 'yes');

    expect(() => app.synth()).toThrow();
  });
});
