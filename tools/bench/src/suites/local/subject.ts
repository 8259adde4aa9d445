import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** One function behind an HTTP API, in the form that each host reads. */
export interface Subject {
  readonly directory: string;
  /** CloudFormation, for gatehouse-local. */
  readonly template: string;
  /** A program that answers the same without any gateway: bare node:http. */
  readonly bareServer: string;
  /** A program that loads the handler and answers one message: what a host by fork() starts cold. */
  readonly forkChild: string;
}

const HANDLER = `exports.handler = async (event) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: 'Hello', path: event.rawPath }),
});
`;

/** The same answer, by the least that Node needs. Prints its port. */
const BARE = `const server = require('node:http').createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message: 'Hello', path: request.url }));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

const FORK_CHILD = `const { handler } = require('./handler.js');
process.on('message', async (event) => process.send(await handler(event)));
process.send('ready');
`;

/** serverless-offline's own configuration of the same API. */
function serverlessYaml(): string {
  return [
    'service: bench',
    'frameworkVersion: "*"',
    'provider: { name: aws, runtime: nodejs20.x }',
    'plugins: [serverless-offline]',
    'functions:',
    '  hello: { handler: handler.handler, events: [{ httpApi: { method: "*", path: "/hello" } }] }',
    '',
  ].join('\n');
}

function template(): object {
  const resource = (type: string, properties: object): object => ({
    Type: `AWS::${type}`,
    Properties: properties,
  });
  return {
    Resources: {
      Role: resource('IAM::Role', { AssumeRolePolicyDocument: {} }),
      Hello: resource('Lambda::Function', {
        // The host's own major, so that every candidate runs on the same Node.
        Runtime: `nodejs${process.versions.node.split('.')[0] ?? ''}.x`,
        Handler: 'index.handler',
        Code: { ZipFile: HANDLER },
        MemorySize: 512,
        Timeout: 10,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      }),
      Api: resource('ApiGatewayV2::Api', { Name: 'bench', ProtocolType: 'HTTP' }),
      Stage: resource('ApiGatewayV2::Stage', {
        ApiId: { Ref: 'Api' },
        StageName: '$default',
        AutoDeploy: true,
      }),
      Integration: resource('ApiGatewayV2::Integration', {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Hello', 'Arn'] },
        PayloadFormatVersion: '2.0',
      }),
      Route: resource('ApiGatewayV2::Route', {
        ApiId: { Ref: 'Api' },
        RouteKey: 'GET /hello',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      }),
      Permission: resource('Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Hello' },
        Principal: 'apigateway.amazonaws.com',
      }),
    },
  };
}

/**
 * Writes the subject's files.
 *
 * @param peersDirectory serverless-offline looks for its plugin in node_modules beside serverless.yml.
 */
export async function writeSubject(workspaceRoot: string, peersDirectory: string): Promise<Subject> {
  const directory = path.join(workspaceRoot, 'dist/bench/local');
  await mkdir(directory, { recursive: true });
  const write = async (name: string, text: string): Promise<string> => {
    const file = path.join(directory, name);
    await writeFile(file, text);
    return file;
  };
  const modules = path.join(directory, 'node_modules');
  await rm(modules, { force: true, recursive: true });
  await symlink(path.join(peersDirectory, 'node_modules'), modules);
  await write('handler.js', HANDLER);
  await write('serverless.yml', serverlessYaml());
  return {
    directory,
    template: await write('template.json', JSON.stringify(template(), null, 2)),
    bareServer: await write('bare-server.cjs', BARE),
    forkChild: await write('fork-child.cjs', FORK_CHILD),
  };
}
