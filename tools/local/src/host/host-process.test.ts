import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { HostState } from './state-file.ts';
import { runHost } from './testing/host-process.ts';
import type { HostProcess } from './testing/host-process.ts';

jest.setTimeout(30_000);

const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-host-test-'));
const stateFile = path.join(folder, 'state', 'local.json');
const running = new Set<HostProcess>();

afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL');
    await ended;
  }
  running.clear();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function start(template: object): HostProcess {
  const file = path.join(folder, 'app.json');
  writeFileSync(file, JSON.stringify(template));
  const host = runHost('--template', file, '--state', stateFile, '--port-base', '0');
  running.add(host);
  return host;
}

const readState = (): HostState => JSON.parse(readFileSync(stateFile, 'utf8')) as HostState;

const inlineFunction = (source: string, variables: object = {}): object => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: `nodejs${process.versions.node.split('.')[0]!}.x`,
    Handler: 'index.handler',
    Code: { ZipFile: source },
    Environment: { Variables: variables },
  },
});
const publicUrl = {
  Type: 'AWS::Lambda::Url',
  Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['Fn', 'Arn'] } },
};
const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'things',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
};
const app = {
  Resources: {
    Fn: inlineFunction(
      'exports.handler = async () => ({ statusCode: 200, body: JSON.stringify({ own: process.env.OWN, pid: process.pid, home: process.env.HOME ?? null }) });',
      { OWN: { 'Fn::GetAtt': ['Url2', 'FunctionUrl'] } },
    ),
    Url: publicUrl,
    Fn2: inlineFunction('exports.handler = async () => { throw new Error("oops") };'),
    Url2: {
      Type: 'AWS::Lambda::Url',
      Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['Fn2', 'Arn'] } },
    },
    Things: table,
    Role: { Type: 'AWS::IAM::Role' },
    Acl: { Type: 'AWS::WAFv2::WebACL' },
  },
};

/** Whether a process is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The processes that this one started, at any depth. */
function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const children = rows.filter(([, parent]) => parent === pid).map(([child]) => child!);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a host that runs', () => {
  it('serves, says what it does not do, and ends with everything that it started', async () => {
    const host = start(app);
    const [line] = await host.says(/^ready \d+ ms$/m);
    expect(line).toMatch(/^ready/);
    expect(host.output()).toContain('Not simulated here:\n  AWS::WAFv2::WebACL: ');
    expect(host.output()).toMatch(/^No effect here: IAM::Role\.$/m);

    const state = readState();
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
    expect(state.functionUrls.map(({ name, authType }) => [name, authType])).toEqual([
      ['Fn', 'NONE'],
      ['Fn2', 'NONE'],
    ]);
    const answer = (await (await fetch(state.functionUrls[0]!.url)).json()) as {
      own: string;
      pid: number;
      home: null;
    };
    expect(answer).toEqual({ own: `${state.functionUrls[1]!.url}/`, pid: expect.any(Number), home: null });
    expect((await fetch(state.functionUrls[1]!.url)).status).toBe(502);
    expect((await fetch(state.functionUrls[0]!.url)).status).toBe(200);

    const requests = (await (await fetch(`${state.console}requests`)).json()) as unknown[];
    expect(requests).toHaveLength(3);
    await host.says(/GET \/ 502 \d+ ms {2}Fn2 \(url\)/);

    const children = descendants(host.child.pid!);
    expect(children.length).toBeGreaterThan(2);
    host.child.kill('SIGINT');
    expect(await host.ended).toBe(0);
    await untilGone(children);
    expect(existsSync(stateFile)).toBe(false);
  });

  it('ends at once at the second signal, and leaves nothing running', async () => {
    const host = start({
      Resources: {
        Fn: inlineFunction('exports.handler = () => new Promise((r) => setTimeout(r, 2500));'),
        Url: publicUrl,
        Things: table,
      },
    });
    await host.says(/^ready/m);
    fetch(readState().functionUrls[0]!.url).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const children = descendants(host.child.pid!);
    host.child.kill('SIGTERM');
    await host.says(/stopping/);
    host.child.kill('SIGTERM');
    expect([0, 143]).toContain(await host.ended);
    await untilGone(children);
  });

  it('says that the engine is gone and ends, when it ends by itself', async () => {
    const host = start(app);
    await host.says(/^ready/m);
    const engine = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
      .split('\n')
      .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
      .find((row) => row?.[2] === String(host.child.pid) && row[3]?.includes('dynoxide serve') === true);
    process.kill(Number(engine![1]), 'SIGKILL');
    expect(await host.ended).toBe(1);
    expect(host.output()).toMatch(/The DynamoDB engine ended \(SIGKILL\).*\[ENGINE_EXITED\]/);
    expect(existsSync(stateFile)).toBe(false);
  });
});

describe('a host that cannot start says why, with a code, and ends', () => {
  it('on a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    writeFileSync(path.join(folder, 'app.json'), JSON.stringify(app));
    const host = runHost(
      '--template',
      path.join(folder, 'app.json'),
      '--state',
      stateFile,
      '--port-base',
      String(port),
    );
    running.add(host);
    expect(await host.ended).toBe(1);
    expect(host.output()).toContain(`Port ${port} of 127.0.0.1 is in use. [PORT_IN_USE]`);
    other.close();
  });

  it.each<readonly [string, object, RegExp]>([
    ['a template without resources', {}, /Resources is missing or empty.*\[TEMPLATE_INVALID\]/],
    [
      'a reference to nobody',
      { Resources: { Fn: inlineFunction('', { A: { Ref: 'Nobody' } }) } },
      /app\/Fn\.Properties\.Environment\.Variables\.A\.Ref: there is no parameter or resource Nobody\. \[TEMPLATE_UNKNOWN_REFERENCE\]/,
    ],
    [
      'a circle',
      { Resources: { A: { Type: 'T', DependsOn: 'B' }, B: { Type: 'T', DependsOn: 'A' } } },
      /circular dependency between resources: A -> B -> A\. \[TEMPLATE_CYCLE\]/,
    ],
    [
      'a parameter without a value',
      {
        Parameters: { P: { Type: 'String' } },
        Resources: { Fn: inlineFunction('', { A: { Ref: 'P' } }) },
      },
      /\[TEMPLATE_MISSING_PARAMETER\]\n {2}Give it with --parameter app:P=VALUE\./,
    ],
    [
      'a table that the engine refuses',
      { Resources: { T: { ...table, Properties: { TableName: 'x' } } } },
      /DynamoDB refused the table x: .*\[TABLE_CREATE_FAILED\]/,
    ],
  ])('on %s', async (_name, template, message) => {
    const host = start(template);
    expect(await host.ended).toBe(1);
    expect(host.output()).toMatch(message);
    expect(host.output()).not.toMatch(/^\s+at /m);
    expect(existsSync(stateFile)).toBe(false);
  });

  it('on an assembly that is not there', async () => {
    const host = runHost('--assembly', path.join(folder, 'nowhere'), '--port-base', '0');
    expect(await host.ended).toBe(1);
    expect(host.output()).toMatch(/has no manifest\.json\. \[ASSEMBLY_NOT_FOUND\]\n {2}Run cdk synth first/);
  });

  it('on a wrong option', async () => {
    const host = runHost('--nonsense');
    expect(await host.ended).toBe(1);
    expect(host.output()).toBe(
      'gatehouse-local: unknown argument --nonsense [CLI_USAGE]\n  gatehouse-local --help lists the options.\n',
    );
  });
});
