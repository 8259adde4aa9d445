import { randomBytes } from 'node:crypto';
import { type LocalHost, distFile, startLocalHost } from './local-host.ts';

declare global {
  var gatehouseHost: LocalHost | undefined;
}

/** One host for all test files; they find it by the environment (`TestHost`). */
export default async function globalSetup(): Promise<void> {
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
  const host = await startLocalHost(['--assembly', distFile('cdk.out'), '--sample-all'], {
    'gatehouse/dev/webhooks/standard': webhookSecret,
  });
  globalThis.gatehouseHost = host;
  process.env['E2E_HOST'] = JSON.stringify({ stateFile: host.stateFile, state: host.state, webhookSecret });
}
