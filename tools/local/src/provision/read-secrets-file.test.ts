import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSecretsFile } from './read-secrets-file.ts';

describe('a file of secrets', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-secrets-'));
  const file = path.join(folder, 'secrets.json');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives texts by name; an object becomes its JSON', () => {
    writeFileSync(file, '{"a":"text","b":{"k":1}}');
    expect(readSecretsFile(file)).toEqual({ a: 'text', b: '{"k":1}' });
  });

  it.each([
    ['no JSON', '{"a":"hunter2'],
    ['no object', '["hunter2"]'],
  ])('that is %s is refused without its content', (_name, content) => {
    writeFileSync(file, content);
    expect(() => readSecretsFile(file)).toThrow(expect.objectContaining({ code: 'SECRETS_UNREADABLE' }));
    expect(() => readSecretsFile(file)).not.toThrow(/hunter2/);
  });

  it('that is missing is refused', () => {
    expect(() => readSecretsFile(path.join(folder, 'none'))).toThrow(/is missing/);
  });
});
