import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Cases and scenarios that stay outside the repository. */
export interface SharedWebhookCases {
  readonly cases: readonly SharedCase[];
  readonly deliveryScenarios: readonly SharedScenario[];
}

/** One request to the receiver, and the status that answers it. */
export interface SharedCase {
  readonly id: string;
  readonly scheme: 'standard-webhooks' | 'github' | 'stripe' | 'slack';
  readonly secrets: readonly [string, string?];
  /** Epoch seconds; a scheme without time has none. */
  readonly now?: number;
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly bodyBase64: string };
  readonly expected: number;
}

/** What happens to deliveries, in words. */
export interface SharedScenario {
  readonly id: string;
  readonly input: string;
  readonly expected: string;
}

/**
 * Reads `security/webhook-cases.json` of the folder that GATEHOUSE_SHARED names, from the workspace's root. Without it the answer is
 * undefined, and a line says what is skipped.
 */
export function readSharedWebhookCases(what: string): SharedWebhookCases | undefined {
  const folder = process.env['GATEHOUSE_SHARED'] ?? '';
  const file = resolve(__dirname, '../../../..', folder, 'security/webhook-cases.json');
  if (folder !== '' && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as SharedWebhookCases;
  process.stdout.write(`skipped: ${what} (set GATEHOUSE_SHARED to the folder that holds security/)\n`);
  return undefined;
}
