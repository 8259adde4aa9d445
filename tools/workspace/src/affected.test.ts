import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = path.resolve(__dirname, '../../..');

/**
 * A copy of the workspace to edit: what git tracks or does not ignore, with the same node_modules. It has a cache
 * of its own, so that "from the cache" means from a run of this test.
 */
describe('what a change touches', () => {
  let copy: string;

  /** Nx hands its own settings (no cache, this root) to what it runs; the copy is another workspace. */
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('NX_')),
  );

  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, {
      cwd: copy,
      encoding: 'utf8',
      env: {
        ...environment,
        NX_DAEMON: 'false',
        CI: 'true',
        NX_WORKSPACE_ROOT_PATH: copy,
        CDK_VALIDATION: 'false',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const nx = (...args: string[]) => run(path.join(root, 'node_modules/.bin/nx'), ...args);
  const affectedBy = (file: string) =>
    new Set(JSON.parse(nx('show', 'projects', '--affected', '--json', `--files=${file}`)) as string[]);

  beforeAll(() => {
    copy = mkdtempSync(path.join(os.tmpdir(), 'gatehouse-affected-'));
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
    });
    for (const file of files.toString().split('\0')) {
      // A file that was deleted, but not yet in the index, is still listed.
      if (file !== '' && existsSync(path.join(root, file)))
        cpSync(path.join(root, file), path.join(copy, file), { force: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    run('git', 'init', '--quiet');
  }, 60_000);
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('is the app and those that read its bundle, when an app is edited', () => {
    const affected = affectedBy('apps/users-api/src/main.ts');
    expect([...affected]).toEqual(expect.arrayContaining(['users-api', 'infra', 'e2e']));
    for (const untouched of ['authorizer', 'webhook', 'http', 'auth'])
      expect(affected).not.toContain(untouched);
  }, 60_000);

  it('is a library and its dependents alone, when a library is edited', () => {
    const affected = affectedBy('libs/auth/src/index.ts');
    expect([...affected]).toEqual(expect.arrayContaining(['auth', 'authorizer', 'users-api', 'webhook']));
    for (const untouched of ['http', 'clients', 'observability', 'users-contract', 'local']) {
      expect(affected).not.toContain(untouched);
    }
  }, 60_000);

  it('makes the synthesis run again when an app is edited, and only then', () => {
    const synth = () => stripVTControlCharacters(nx('run', 'infra:synth', '--outputStyle=static'));
    const fromCache = /infra:synth\s+\[(?:local cache|existing outputs match the cache)[^\]]*\]/;
    synth();
    expect(synth()).toMatch(fromCache);
    appendFileSync(path.join(copy, 'apps/users-api/src/main.ts'), '\nexport const edited = true;\n');
    expect(synth()).not.toMatch(fromCache);
    expect(synth()).toMatch(fromCache);
  }, 180_000);
});
