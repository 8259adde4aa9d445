import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { createInfraApp } from '../app.ts';
import { nagFindings } from './nag-findings.ts';
import { BOOTSTRAP_PART, PARTS } from '../names.ts';
import { fakeBundles, operations } from '../testing/fixtures.ts';
import { variants } from '../testing/variants.ts';

describe('cdk-nag, AwsSolutions', () => {
  const bundles = fakeBundles();

  it.each(Object.entries(variants))('has no unacknowledged finding in %s', (_name, environment) => {
    const app = createInfraApp({ environment, operations, bundles, parts: [BOOTSTRAP_PART, ...PARTS] });

    expect(nagFindings(app)).toEqual([]);
  });

  it('finds what is wrong', () => {
    const app = new App();
    new Bucket(new Stack(app, 'Open'), 'Bucket');

    expect(nagFindings(app)).toContain('AwsSolutions-S10 Open/Bucket/Resource');
  });
});
