import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { createInfraApp, type InfraAppOptions } from '../app.ts';
import type { ContractTable } from '../contract/operation.ts';
import { operationsOf } from '../contract/operation.ts';
import { changeSettings } from '../environments/change-settings.ts';
import type { Environment } from '../environments/environment.ts';
import { environments } from '../environments/environments.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { type Part, stackName, type StackSuffix } from '../names.ts';

/** A small contract with one operation of each kind of access. */
export const contract = {
  hello: { method: 'GET', path: '/hello', access: { kind: 'public' } },
  createUser: {
    method: 'POST',
    path: '/users',
    access: { kind: 'scopes', anyOf: ['users:write'] },
    throttle: { ratePerSecond: 20, burst: 40 },
  },
  listUsers: { method: 'GET', path: '/users', access: { kind: 'scopes', anyOf: ['users:admin'] } },
  getUser: { method: 'GET', path: '/users/{id}', access: { kind: 'scopes', anyOf: ['users:read'] } },
  putInternalUser: {
    method: 'PUT',
    path: '/internal/users/{externalId}',
    access: { kind: 'internal', anyOf: ['users:internal'] },
  },
} as const satisfies ContractTable;

export const operations = operationsOf(contract);

const FILES: Readonly<Record<string, readonly string[]>> = {
  'users-api': ['main.cjs'],
  authorizer: ['main.cjs'],
  webhook: ['receiver.cjs', 'processor.cjs'],
};

/** A folder like dist/apps, with bundles that load and do nothing. */
export function fakeBundles(): string {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-bundles-'));
  for (const [app, files] of Object.entries(FILES)) {
    mkdirSync(join(root, app));
    for (const file of files) {
      writeFileSync(join(root, app, file), 'exports.handler = async () => undefined;\n');
      writeFileSync(join(root, app, `${file}.map`), '{}\n');
    }
  }
  return root;
}

type Change<T> = { readonly [K in keyof T]?: T[K] extends readonly unknown[] ? T[K] : Change<T[K]> | T[K] };

/** The dev environment, with some members changed (arrays as a whole). */
export function devEnvironment(change: Change<Environment> = {}): Environment {
  return parseEnvironment('dev', changeSettings(environments.dev, change));
}

const PART_OF: Readonly<Record<StackSuffix, Part>> = {
  Data: 'data',
  Authorizer: 'authorizer',
  UsersApi: 'users-api',
  Webhook: 'webhook',
  EdgeFirewall: 'edge',
  Edge: 'edge',
  Observability: 'observability',
  Delivery: 'bootstrap',
};

/** One stack's template, synthesised without any other part. */
export function synthesise(suffix: StackSuffix, options: Partial<InfraAppOptions> = {}): Template {
  const environment = options.environment ?? devEnvironment();
  const app = createInfraApp({
    environment,
    operations,
    parts: [PART_OF[suffix]],
    bundles: fakeBundles(),
    ...options,
  });
  const stack = app.node.findChild(stackName(environment.name, suffix));
  if (!Stack.isStack(stack)) throw new TypeError(`No stack ${suffix}`);
  return Template.fromStack(stack);
}
