export { captureOutput, type CapturedOutput } from './capture-output.ts';
export { lambdaContext } from './lambda-context.ts';
