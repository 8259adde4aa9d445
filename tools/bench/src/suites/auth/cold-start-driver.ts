import { createRequire } from 'node:module';

/** A fresh process: loads a built authorizer and has it authorise one request. Prints `{ initMs, totalMs, wallMs }`. */
const [, , bundle = '', token = ''] = process.argv;

interface Authorizer {
  readonly token: (event: object, context: object) => Promise<{ readonly policyDocument?: object }>;
}

async function main(): Promise<void> {
  const event = {
    type: 'TOKEN',
    methodArn: 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/prod/GET/users',
    authorizationToken: `Bearer ${token}`,
  };
  const context = {
    awsRequestId: 'bench',
    functionName: 'authorizer',
    getRemainingTimeInMillis: () => 10_000,
  };
  const wallStart = performance.now();
  const start = process.cpuUsage();
  const cpuMs = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const authorizer = createRequire(bundle)(bundle) as Authorizer;
  const initMs = cpuMs();
  const result = await authorizer.token(event, context);
  const sample = { initMs, totalMs: cpuMs(), wallMs: performance.now() - wallStart };
  if (!JSON.stringify(result).includes('"Effect":"Allow"')) throw new Error('the request was not allowed');
  console.log(JSON.stringify(sample));
  process.exit(0);
}

void main();
