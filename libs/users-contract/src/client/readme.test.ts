import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';
import * as client from './index.ts';

const readme = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';

type LoadModule = (exports: object, require: (name: string) => unknown) => void;

/** Runs the README's example as it stands there, with an HTTP client that gives these answers. */
async function runExample(answers: readonly { readonly status: number; readonly body: object }[]) {
  const sent: { readonly method: string; readonly url: string; readonly headers: object }[] = [];
  const http = {
    request: async (request: (typeof sent)[number]) => {
      const { status = 500, body = {} } = answers[sent.length] ?? {};
      sent.push(request);
      return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
    },
  };
  const modules: Readonly<Record<string, unknown>> = {
    '@gatehouse/clients': { createHttpClient: () => http },
    '@gatehouse/users-contract/client': client,
  };
  const [imports, body] = [example.match(/^import .*$/gm) ?? [], example.replace(/^import .*$/gm, '')];
  const wrapped = `${imports.join('\n')}\nexport async function run(accessToken) {\n${body}\n}`;
  const { code } = transformSync(wrapped, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const exports: { run?: (accessToken: () => Promise<string>) => Promise<void> } = {};
  const load = compileFunction(code, ['exports', 'require']) as LoadModule;
  load(exports, (name) => modules[name]);
  await exports.run?.(async () => 'token');
  return sent;
}

const ada = { id: 'u1', version: 3 };

describe('the example of the README', () => {
  it('reads the caller’s record and changes it by its version', async () => {
    const sent = await runExample([
      { status: 200, body: ada },
      { status: 200, body: { ...ada, version: 4 } },
    ]);
    expect(sent).toMatchObject([
      { method: 'GET', url: 'https://api.example.com/users/me', headers: { authorization: 'Bearer token' } },
      { method: 'PATCH', url: 'https://api.example.com/users/u1', headers: { 'if-match': '"3"' } },
    ]);
  });

  it('gets over a stale version', async () => {
    const stale = { status: 412, code: 'USERS_VERSION_STALE' };
    expect(
      await runExample([
        { status: 200, body: ada },
        { status: 412, body: stale },
      ]),
    ).toHaveLength(2);
  });

  it('does not hide any other problem', async () => {
    const taken = { status: 409, code: 'USERS_EMAIL_TAKEN' };
    await expect(
      runExample([
        { status: 200, body: ada },
        { status: 409, body: taken },
      ]),
    ).rejects.toThrow('USERS_EMAIL_TAKEN');
  });
});
