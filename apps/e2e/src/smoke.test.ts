import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiUrl } from './harness/test-host.ts';
import { distFile } from './harness/local-host.ts';

const smoke = (...urls: string[]) =>
  new Promise<{ code: number; stdout: string }>((resolve) => {
    execFile(process.execPath, [distFile('apps/e2e/smoke.cjs'), ...urls], (error, stdout) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout }),
    );
  });

describe('the smoke test', () => {
  it('passes on both fronts', async () => {
    const { code, stdout } = await smoke(apiUrl('http'), apiUrl('rest'));
    expect({ code, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, lines: 6 });
    expect(stdout).not.toContain('FAIL');
  });

  it('fails on an API that lets everybody in', async () => {
    const open = createServer((_, response) => response.end('{"message":"Hello, smoke!"}'));
    await new Promise<void>((resolve) => open.listen(0, '127.0.0.1', resolve));
    const { code, stdout } = await smoke(`http://127.0.0.1:${(open.address() as AddressInfo).port}`);
    open.close();
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAIL .* GET \/users asks for a token: status 200/);
  });
});
