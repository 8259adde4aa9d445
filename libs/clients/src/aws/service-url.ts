import type { AwsEnvironment, AwsServiceName } from '../config.ts';

/** Domains of the partitions whose regions do not end in the common one. Source: AWS SDKs' partitions.json. */
const partitions: readonly (readonly [regions: RegExp, domain: string])[] = [
  [/^cn-/, 'amazonaws.com.cn'],
  [/^us-iso-/, 'c2s.ic.gov'],
  [/^us-isob-/, 'sc2s.sgov.gov'],
  [/^eu-isoe-/, 'cloud.adc-e.uk'],
  [/^us-isof-/, 'csp.hci.ic.gov'],
  [/^eusc-/, 'amazonaws.eu'],
];

/** Where a service of a region is called, by what the environment says first. */
export function serviceUrl(service: AwsServiceName, region: string, env: AwsEnvironment): string {
  const configured = env.endpointUrl(service);
  if (configured !== undefined) return configured;
  const domain = partitions.find(([regions]) => regions.test(region))?.[1] ?? 'amazonaws.com';
  return `https://${service}${env.fips ? '-fips' : ''}.${region}.${domain}`;
}
