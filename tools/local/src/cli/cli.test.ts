import { EventEmitter } from 'node:events';
import { codeOf } from '../assembly/testing/in-memory-assembly.ts';
import { LocalError } from '../errors.ts';
import type { RunningHost } from '../host/start-host.ts';
import { modelOf } from '../model/testing/model-of.ts';
import { describeFronts, describeNoEffect, describeUnsupported } from './describe-host.ts';
import { endWithSignals } from './end-with-signals.ts';
import { formatError } from './format-error.ts';
import { parseArguments } from './parse-arguments.ts';

describe('the command line', () => {
  it('has defaults', () => {
    expect(parseArguments(['--assembly', 'cdk.out'])).toEqual({
      kind: 'serve',
      source: { kind: 'assembly', directory: 'cdk.out' },
      stateFile: '.gatehouse/local.json',
      portBase: 4500,
      parameters: new Map(),
      verbose: false,
      sampleAll: false,
    });
  });

  it('takes every option, with a space or an equals sign', () => {
    expect(
      parseArguments([
        '--template=t.json',
        '--state',
        's',
        '--port-base=0',
        '--secrets',
        'x',
        '--dynamodb-endpoint',
        'http://h:1',
        '--parameter',
        'A=1',
        '--parameter=S:B=x=y',
        '--region',
        'eu-west-1',
        '--account',
        '111122223333',
        '--verbose',
        '--sample-all',
      ]),
    ).toEqual({
      kind: 'serve',
      source: { kind: 'template', file: 't.json' },
      stateFile: 's',
      portBase: 0,
      secretsFile: 'x',
      dynamoDbEndpoint: 'http://h:1',
      parameters: new Map([
        ['A', '1'],
        ['S:B', 'x=y'],
      ]),
      region: 'eu-west-1',
      accountId: '111122223333',
      verbose: true,
      sampleAll: true,
    });
  });

  it('installs runtimes, helps, and says its version', () => {
    expect(parseArguments(['runtime', 'install', 'nodejs24.x'])).toEqual({
      kind: 'install-runtime',
      runtime: 'nodejs24.x',
    });
    expect(parseArguments(['--assembly', 'x', '--help'])).toEqual({ kind: 'help' });
    expect(parseArguments(['--version'])).toEqual({ kind: 'version' });
  });

  it.each([
    ['nothing', []],
    ['both sources', ['--assembly', 'a', '--template', 'b']],
    ['an unknown option', ['--assembly', 'a', '--colour', 'blue']],
    ['a bare word', ['cdk.out']],
    ['an option without its value', ['--assembly', '--verbose', '--sample-all']],
    ['an option twice', ['--assembly', 'a', '--assembly', 'b']],
    ['a port that is none', ['--assembly', 'a', '--port-base', '70000']],
    ['a port in words', ['--assembly', 'a', '--port-base', 'x']],
    ['an account that is none', ['--assembly', 'a', '--account', '12']],
    ['an endpoint that is no URL', ['--assembly', 'a', '--dynamodb-endpoint', 'localhost']],
    ['a parameter without a value', ['--assembly', 'a', '--parameter', 'A']],
    ['a runtime command that is none', ['runtime', 'remove', 'x']],
  ])('refuses %s', (_name, argv) => {
    expect(codeOf(() => parseArguments(argv))).toBe('CLI_USAGE');
  });
});

describe('what the host prints at start', () => {
  const model = modelOf({
    Acl: { Type: 'AWS::WAFv2::WebACL' },
    Acl2: { Type: 'AWS::WAFv2::WebACL' },
    Topic: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5, VisibilityTimeout: 5 } },
    R1: { Type: 'AWS::IAM::Role' },
    R2: { Type: 'AWS::IAM::Role' },
  });

  it('is a table of URLs', () => {
    const state = {
      console: 'http://127.0.0.1:1/',
      apis: [{ name: 'users', kind: 'rest', url: 'http://127.0.0.1:2/v1', stage: 'v1' }],
      functionUrls: [{ name: 'Receiver', authType: 'NONE', url: 'http://127.0.0.1:3' }],
    };
    expect(describeFronts({ state } as unknown as RunningHost)).toBe(
      [
        '  REST API    users     http://127.0.0.1:2/v1',
        '  URL (NONE)  Receiver  http://127.0.0.1:3',
        '  console               http://127.0.0.1:1/',
      ].join('\n'),
    );
  });

  it('is everything that is not simulated, a line for each kind', () => {
    expect(describeUnsupported(model, false)).toBe(
      [
        'Not simulated here:',
        '  AWS::WAFv2::WebACL: not simulated; references to it are stand-ins (App/Acl and 1 more)',
        '  AWS::SQS::Queue DelaySeconds: not simulated (App/Topic)',
      ].join('\n'),
    );
    expect(describeUnsupported(model, true)).toContain('(App/Acl2)');
    expect(describeUnsupported(modelOf({ Q: { Type: 'AWS::SQS::Queue' } }), false)).toBeUndefined();
  });

  it('is one line of what has no effect', () => {
    expect(describeNoEffect(model, false)).toBe(
      'No effect here: 2 IAM::Role, 1 kinds of property (--verbose lists them).',
    );
    expect(describeNoEffect(model, true)).toBe('No effect here: 2 IAM::Role, SQS::Queue.VisibilityTimeout.');
    expect(describeNoEffect(modelOf({ Q: { Type: 'AWS::SQS::Queue' } }), false)).toBeUndefined();
  });
});

describe('an error at the terminal', () => {
  it('has its code and what to do', () => {
    expect(formatError(new LocalError('PORT_IN_USE', 'Port 1 is in use.', { hint: 'Give another.' }))).toBe(
      'gatehouse-local: Port 1 is in use. [PORT_IN_USE]\n  Give another.',
    );
  });

  it('that is a defect of the host has its stack', () => {
    expect(formatError(new TypeError('oops'))).toMatch(
      /^gatehouse-local: a defect of the host: TypeError: oops\n +at /,
    );
    expect(formatError('text')).toBe('gatehouse-local: a defect of the host: text');
  });
});

describe('signals', () => {
  it('end the host in order at the first, at once at the second', async () => {
    const source = new EventEmitter();
    const exits: number[] = [];
    let finish: () => void = () => undefined;
    const close = jest.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    endWithSignals(source, { close, exit: (code) => exits.push(code), notice: () => undefined });
    source.emit('SIGINT');
    expect(exits).toEqual([]);
    source.emit('SIGTERM');
    expect(exits).toEqual([143]);
    expect(close).toHaveBeenCalledTimes(1);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(exits).toEqual([143, 0]);
  });

  it('exit with 1 when the host cannot be ended in order', async () => {
    const source = new EventEmitter();
    const exits: number[] = [];
    const close = (): Promise<void> => Promise.reject(new Error('no'));
    const remove = endWithSignals(source, {
      close,
      exit: (code) => exits.push(code),
      notice: () => undefined,
    });
    source.emit('SIGTERM');
    await new Promise((resolve) => setImmediate(resolve));
    expect(exits).toEqual([1]);
    remove();
    expect(source.listenerCount('SIGTERM')).toBe(0);
  });
});
