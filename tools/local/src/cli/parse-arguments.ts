import { LocalError } from '../errors.ts';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'install-runtime'; readonly runtime: string }
  | ({ readonly kind: 'serve' } & ServeArguments);

export interface ServeArguments {
  readonly source:
    | { readonly kind: 'assembly'; readonly directory: string }
    | { readonly kind: 'template'; readonly file: string };
  /** Where the state file is written while the host runs. */
  readonly stateFile: string;
  /** The console's port; APIs and function URLs take the ones behind it. 0 takes free ports. */
  readonly portBase: number;
  readonly secretsFile?: string;
  readonly dynamoDbEndpoint?: string;
  /** Values of template parameters, by `Stack:Name` or `Name`. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly region?: string;
  readonly accountId?: string;
  /** Lists every unsupported property, not the types alone. */
  readonly verbose: boolean;
  /** Traces every invocation, not only those that the client samples. */
  readonly sampleAll: boolean;
}

/** The text that `--help` prints. */
export const usage = `gatehouse-local runs a CDK cloud assembly or a CloudFormation template on this machine.

  gatehouse-local --assembly DIR | --template FILE [options]
  gatehouse-local runtime install nodejs24.x

  --assembly DIR            a cloud assembly (cdk.out)
  --template FILE           one template (JSON)
  --state FILE              where URLs are written while the host runs (default .gatehouse/local.json)
  --port-base N             console on N, APIs and function URLs behind it; 0 takes free ports (default 4500)
  --secrets FILE            JSON {"secret name": "text"}: values of secrets that templates import
  --parameter NAME=VALUE    a template parameter's value; STACK:NAME=VALUE for one stack alone; repeatable
  --dynamodb-endpoint URL   another DynamoDB than the embedded engine
  --region NAME, --account ID   where a stack does not name its own (default us-east-1, 000000000000)
  --sample-all              trace every invocation (see the console's /traces), not only those that the client samples
  --verbose                 list what has no effect here property by property
  --help, --version
`;

const defaultPortBase = 4500;

/**
 * Reads the command line (without the program's own name). Options are written `--name value` or `--name=value`.
 *
 * @throws LocalError CLI_USAGE with what is wrong.
 */
export function parseArguments(argv: readonly string[]): Command {
  if (argv.includes('--help') || argv.includes('-h')) return { kind: 'help' };
  if (argv.includes('--version')) return { kind: 'version' };
  if (argv[0] === 'runtime') {
    const [, verb, runtime, ...rest] = argv;
    if (verb !== 'install' || runtime === undefined || rest.length > 0) {
      throw wrong('the runtime command is: runtime install nodejs24.x');
    }
    return { kind: 'install-runtime', runtime };
  }
  return parseServe(readOptions(argv));
}

const flags = ['verbose', 'sample-all'];

const valueOptions = [
  'assembly',
  'template',
  'state',
  'port-base',
  'secrets',
  'parameter',
  'dynamodb-endpoint',
  'region',
  'account',
];

function readOptions(argv: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const options = new Map<string, string[]>();
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [, name = '', inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (flags.includes(name) && inline === undefined) {
      options.set(name, []);
      continue;
    }
    if (!valueOptions.includes(name)) throw wrong(`unknown argument ${argument}`);
    const value = inline ?? rest.shift();
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      throw wrong(`--${name} needs a value`);
    }
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  return options;
}

function parseServe(options: ReadonlyMap<string, readonly string[]>): Command {
  const one = (name: string): string | undefined => {
    const values = options.get(name) ?? [];
    if (values.length > 1) throw wrong(`--${name} is given more than once`);
    return values[0];
  };
  const directory = one('assembly');
  const file = one('template');
  const secretsFile = one('secrets');
  const dynamoDbEndpoint = one('dynamodb-endpoint');
  const region = one('region');
  const accountId = one('account');
  if (dynamoDbEndpoint !== undefined && !/^https?:\/\/./.test(dynamoDbEndpoint)) {
    throw wrong('--dynamodb-endpoint is not an http(s) URL');
  }
  if (accountId !== undefined && !/^\d{12}$/.test(accountId)) throw wrong('--account is not 12 digits');
  return {
    kind: 'serve',
    source: parseSource(directory, file),
    stateFile: one('state') ?? '.gatehouse/local.json',
    portBase: parsePort(one('port-base')),
    ...(secretsFile === undefined ? {} : { secretsFile }),
    ...(dynamoDbEndpoint === undefined ? {} : { dynamoDbEndpoint }),
    parameters: new Map((options.get('parameter') ?? []).map(parseParameter)),
    ...(region === undefined ? {} : { region }),
    ...(accountId === undefined ? {} : { accountId }),
    verbose: options.has('verbose'),
    sampleAll: options.has('sample-all'),
  };
}

function parseSource(directory: string | undefined, file: string | undefined): ServeArguments['source'] {
  if (directory !== undefined && file !== undefined)
    throw wrong('--assembly and --template exclude each other');
  if (directory !== undefined) return { kind: 'assembly', directory };
  if (file !== undefined) return { kind: 'template', file };
  throw wrong('give --assembly DIR or --template FILE');
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return defaultPortBase;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_000) throw wrong(`--port-base is not a port from 0 to 65000: ${text}`);
  return port;
}

function parseParameter(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw wrong(`--parameter is not NAME=VALUE: ${text}`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function wrong(problem: string): LocalError {
  return new LocalError('CLI_USAGE', problem, { hint: 'gatehouse-local --help lists the options.' });
}
