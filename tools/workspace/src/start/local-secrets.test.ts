import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureLocalSecrets } from './local-secrets.ts';

const newFile = async () =>
  path.join(await mkdtemp(path.join(os.tmpdir(), 'gatehouse-')), '.gatehouse/secrets.json');

describe('ensureLocalSecrets', () => {
  it('makes a Standard Webhooks secret that nobody else can read', async () => {
    const file = await newFile();
    await ensureLocalSecrets(file);
    const secrets = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    expect(secrets['gatehouse/dev/webhooks/standard']).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('leaves the secrets that are there', async () => {
    const file = await newFile();
    await ensureLocalSecrets(file);
    await writeFile(file, '{"mine":"kept"}');
    await ensureLocalSecrets(file);
    expect(await readFile(file, 'utf8')).toBe('{"mine":"kept"}');
  });
});
