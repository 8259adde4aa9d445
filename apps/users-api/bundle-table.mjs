/**
 * Prints what each part adds to this function's bundle: kilobytes of minified code in it, and CPU milliseconds to load that
 * part alone in a fresh process (median of 15, an empty file's taken off). Usage: nx run users-api:bundle-table
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { build } = require('esbuild');
/** What the function is built with: Tracer, and the X-Ray SDK with it, are a file of their own. */
const { plugins } = require('../../libs/observability/esbuild/with-tracer-file.cjs');
const project = path.dirname(fileURLToPath(import.meta.url));
const RUNS = 15;

/** The parts, each as main.ts and what it imports use it. */
const parts = {
  'libs/http': `export { authorizerResult, compression, conditional, cors, createHttpHandler, expectedVersions, guard, idempotency, problem, responseValidation } from '@gatehouse/http';`,
  'libs/users-contract (with valibot)': `export { SCOPES, usersContract } from '@gatehouse/users-contract';`,
  'libs/auth, without the verifier': `export { isAuthError, principalFromContext, servicePrincipal } from '@gatehouse/auth';`,
  'libs/clients': `export { createHttpClient, dynamoDocuments, secretStore } from '@gatehouse/clients';`,
  'libs/observability (with Powertools)': `export { currentInvocation, observe } from '@gatehouse/observability';`,
  'the whole function': `export { handler } from './src/main.ts';`,
};

const folder = mkdtempSync(path.join(os.tmpdir(), 'bundle-table-'));
const files = [];
for (const [name, contents] of Object.entries({ nothing: 'export {};', ...parts })) {
  const file = path.join(folder, `${files.length}.cjs`);
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: project, loader: 'ts' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    metafile: true,
    write: false,
    outfile: file,
    tsconfig: path.join(project, 'tsconfig.json'),
    plugins,
  });
  writeFileSync(file, outputFiles[0].contents);
  files.push({ name, file, bytes: outputFiles[0].contents.length, metafile });
}

/** CPU milliseconds of one load in a process of its own. */
function loadMs(file) {
  const script = `const before = process.cpuUsage(); require(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(before); process.stdout.write(String((user + system) / 1000));`;
  const env = { ...process.env, USERS_TABLE: 'users', AWS_REGION: 'eu-west-1' };
  return Number(execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }));
}

const samples = files.map(() => []);
for (let run = 0; run < RUNS; run += 1) {
  files.forEach(({ file }, index) => samples[index].push(loadMs(file)));
}
const medians = samples.map((values) => values.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]);

console.log(`Node ${process.version}, ${os.cpus().length} x ${os.cpus()[0].model}\n`);
console.log('| part | KB | load ms |\n| --- | --- | --- |');
files.slice(1).forEach(({ name, bytes }, index) => {
  const ms = Math.max(0, medians[index + 1] - medians[0]);
  console.log(`| ${name} | ${(bytes / 1024).toFixed(1)} | ${ms.toFixed(1)} |`);
});

console.log('\n| package in the whole bundle | KB |\n| --- | --- |');
const [output] = Object.values(files.at(-1).metafile.outputs);
const byPackage = new Map();
for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
  const name =
    /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ??
    /((?:libs|apps)\/[^/]+)\//.exec(input)?.[1] ??
    'apps/users-api';
  byPackage.set(name, (byPackage.get(name) ?? 0) + bytesInOutput);
}
for (const [name, bytes] of [...byPackage].sort((a, b) => b[1] - a[1])) {
  console.log(`| ${name} | ${(bytes / 1024).toFixed(1)} |`);
}
rmSync(folder, { recursive: true });
