export { captureOutput, type CapturedOutput } from './capture-output.ts';
export { lambdaContext } from './lambda-context.ts';
export { runFunction, type FunctionRun } from './run-function.ts';
export { startXrayDaemon, type SegmentDocument, type TestXrayDaemon } from './xray-daemon.ts';
