import type { JsonObject } from '../../assembly/json.ts';
import { assemblyOf } from '../../assembly/testing/in-memory-assembly.ts';
import type { AppModel } from '../app-model.ts';
import { buildModel } from '../build-model.ts';
import type { BuildModelOptions } from '../build-model.ts';

/** The model of one stack named `App` with these resources. */
export function modelOf(resources: JsonObject, options: BuildModelOptions = {}): AppModel {
  return buildModel(assemblyOf({ App: { Resources: resources } }), {
    region: 'eu-west-1',
    accountId: '111122223333',
    ...options,
  });
}

/** A function with inline code, as a resource. */
export const inlineFunction: JsonObject = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'hello',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: 'exports.handler = async () => 1' },
    Role: 'arn:aws:iam::111122223333:role/r',
  },
};

/** The ARN of `inlineFunction`. */
export const inlineFunctionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:hello';
