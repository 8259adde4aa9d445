import { createTestKey, mintToken, TEST_CLAIMS } from '@gatehouse/auth/testing';
import { runFreshProcess } from '../../fresh-process.ts';
import { interleave } from '../../interleave.ts';
import { installPeers } from '../../peers.ts';
import { atMost, medianOf, pairedRatioOf, toRow } from '../../stats.ts';
import type { Budget, Row, Suite, SuiteContext, SuiteResult } from '../../suite.ts';
import { buildDrivers, type Drivers } from './build-drivers.ts';
import { startSecretsServer } from './secrets-server.ts';

const ALGORITHMS = ['HS256', 'RS256', 'ES256', 'EdDSA'] as const;
const VERIFY_ROUNDS = 7;
const COLD_START_ROUNDS = 15;

/**
 * Token verification against raw node:crypto, jose alone, fast-jwt, jsonwebtoken and aws-jwt-verify; and the authorizer's cold start against the
 * same with the AWS SDK's Secrets Manager client. CPU time, since only ratios of one run are claims.
 */
export const authSuite: Suite = {
  name: 'auth',
  summary: 'token verification against peers, and the cold start of the authorizer',
  async run(context): Promise<SuiteResult> {
    const drivers = await buildDrivers(context.workspaceRoot);
    const peers = await installPeers(context.workspaceRoot, 'auth');
    const rows = [
      ...(await measureVerification(context, drivers, peers.directory)),
      ...(await measureColdStart(context, drivers)),
    ];
    return { rows, budgets: budgetsOf(rows) };
  },
};

async function measureVerification(
  context: SuiteContext,
  drivers: Drivers,
  peersDirectory: string,
): Promise<Row[]> {
  const samples = new Map<string, number[]>();
  for (let round = 0; round < VERIFY_ROUNDS; round += 1) {
    context.log(`auth: verification, round ${round + 1} of ${VERIFY_ROUNDS}`);
    const order = round % 2 === 0 ? 'forward' : 'reverse';
    for (const algorithm of ALGORITHMS) {
      const args = [peersDirectory, algorithm, order];
      const sample = await runFreshProcess<Record<string, number[]>>(drivers.verify, { args });
      for (const [name, microseconds] of Object.entries(sample)) {
        const id = `${name}|${algorithm}`;
        samples.set(id, [...(samples.get(id) ?? []), ...microseconds]);
      }
    }
  }
  return [...samples].map(([id, values]) => {
    const [name = '', metric = ''] = id.split('|');
    return toRow({ name, metric, unit: 'us', samples: values });
  });
}

interface ColdStart {
  readonly initMs: number;
  readonly totalMs: number;
  readonly wallMs: number;
}

async function measureColdStart(context: SuiteContext, drivers: Drivers): Promise<Row[]> {
  context.log('auth: cold start');
  const key = createTestKey('HS256', 'bench');
  const nowSeconds = Math.floor(Date.now() / 1000);
  const token = mintToken(key, { claims: { iat: nowSeconds, nbf: nowSeconds, exp: nowSeconds + 3_600 } });
  const server = await startSecretsServer(JSON.stringify(key.jwk));
  const issuer = {
    issuer: TEST_CLAIMS.iss,
    algorithms: ['HS256'],
    secretArn: 'secret',
    audience: [TEST_CLAIMS.aud],
  };
  const env = {
    AUTH_CONFIG: JSON.stringify({ issuers: [issuer] }),
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  };
  const candidate = (name: string, bundle: string) => ({
    name,
    measure: () => runFreshProcess<ColdStart>(drivers.coldStart, { args: [bundle, token], env }),
  });
  try {
    const samples = await interleave(
      [
        candidate('authorizer', drivers.authorizer),
        candidate('authorizer, AWS SDK', drivers.authorizerWithSdk),
      ],
      COLD_START_ROUNDS,
    );
    return [...samples].flatMap(([name, taken]) => [
      toRow({ name, metric: 'init', unit: 'ms', samples: taken.map(({ initMs }) => initMs) }),
      toRow({ name, metric: 'init + first call', unit: 'ms', samples: taken.map(({ totalMs }) => totalMs) }),
      toRow({
        name,
        metric: 'init + first call, wall',
        unit: 'ms',
        samples: taken.map(({ wallMs }) => wallMs),
      }),
    ]);
  } finally {
    server.close();
  }
}

function budgetsOf(rows: readonly Row[]): Budget[] {
  const ratio = (name: string, peer: string, metric: string): number =>
    medianOf(rows, name, metric) / medianOf(rows, peer, metric);
  return [
    // Side by side: where WebCrypto's thread runs, on the same core or another one, decides about two thirds of either's time, and changes as it goes.
    ...ALGORITHMS.map((algorithm) =>
      atMost(
        `${algorithm} uncached / jose alone`,
        1.15,
        pairedRatioOf(rows, algorithm, { of: 'ours', to: 'jose' }),
      ),
    ),
    atMost('RS256 cached / raw node:crypto', 0.15, ratio('ours, cached', 'node:crypto', 'RS256')),
    atMost('1 MB refused / raw RS256', 0.1, ratio('ours, 1 MB refused', 'node:crypto', 'RS256')),
    atMost(
      'authorizer init + first call / with the AWS SDK',
      0.6,
      ratio('authorizer', 'authorizer, AWS SDK', 'init + first call'),
    ),
  ];
}
