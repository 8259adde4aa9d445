import { publishTraceHeader, readRuntimeConfig } from './config.ts';
import { loadHandler, type LambdaHandler } from './load-handler.ts';
import { OutputMarks } from './output-marks.ts';
import { defineAwsLambdaGlobal } from './response-stream.ts';
import { assertSignature, errorAnswer, runHandler } from './run-handler.ts';
import { RuntimeClient } from './runtime-client.ts';
import { RuntimeError } from './runtime-error.ts';

/** Exit codes of Lambda's Node runtime for what no handler caught. */
const EXIT = { initFailed: 1, unhandledRejection: 128, uncaughtException: 129 } as const;

const config = readRuntimeConfig();
const marks = new OutputMarks([process.stdout, process.stderr]);
const client = new RuntimeClient(config.runtimeApiPort);
/** The invocation that is not answered yet. */
let current: string | undefined;
let initialised = false;

process.on('uncaughtException', (error) => void endWith(error, 'Uncaught Exception', EXIT.uncaughtException));
process.on('unhandledRejection', (reason) => {
  const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason), reason);
  void endWith(error, 'Unhandled Promise Rejection', EXIT.unhandledRejection);
});

void main();

/** Loads the handler, then serves invocations for as long as the host asks. */
async function main(): Promise<void> {
  defineAwsLambdaGlobal();
  let handler: LambdaHandler;
  try {
    handler = await loadHandler(config.taskRoot, config.handler);
    assertSignature(handler, config);
  } catch (error) {
    return endWith(error, 'Init Error', EXIT.initFailed);
  }
  initialised = true;
  let invocation = await client.next();
  for (;;) {
    const { requestId } = invocation;
    current = requestId;
    marks.begin(requestId);
    publishTraceHeader(invocation.traceHeader);
    const answer = await runHandler(handler, invocation, config);
    current = undefined;
    invocation = await client.answerAndPoll(requestId, answer);
  }
}

/** Tells the host what went wrong, to the invocation that waits or as the initialisation's end, and ends the process. */
async function endWith(error: unknown, title: string, exitCode: number): Promise<void> {
  const answer = errorAnswer(error, title);
  const requestId = current;
  current = undefined;
  if (requestId !== undefined) await client.answerLast(requestId, answer);
  else if (!initialised) await client.initError(String(answer.body));
  process.exit(exitCode);
}
