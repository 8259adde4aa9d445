import { type Alias, CfnPermission, CfnUrl, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** `NONE`: anyone may call, and the function checks who it is. `AWS_IAM`: callers sign with SigV4. */
export type FunctionUrlAuth = 'NONE' | 'AWS_IAM';

export interface FunctionUrlProps {
  readonly function: LambdaFunction;
  /** The address calls this alias: a function and each of its aliases have one address at most. */
  readonly alias?: Alias | undefined;
  readonly authType: FunctionUrlAuth;
}

/**
 * A function's own HTTPS address, answering in one piece (BUFFERED).
 *
 * Since October 2025 a caller needs `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`, the second limited
 * to calls by the URL. With `NONE` both are granted to everyone by the function's own policy; with `AWS_IAM`
 * nobody has them until {@link allowFunctionUrl} or {@link permitFunctionUrl}.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export class FunctionUrl extends Construct {
  /** `https://<id>.lambda-url.<region>.on.aws/`, with the slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, { function: fn, alias, authType }: FunctionUrlProps) {
    super(scope, id);
    const url = new CfnUrl(this, 'Url', {
      targetFunctionArn: fn.functionArn,
      ...(alias !== undefined && { qualifier: alias.aliasName }),
      authType,
      invokeMode: 'BUFFERED',
    });
    if (alias !== undefined) url.node.addDependency(alias);
    this.url = url.attrFunctionUrl;

    if (authType === 'NONE') {
      permitFunctionUrl(this, (alias ?? fn).functionArn, { principal: '*', authType });
    }
  }
}

export interface FunctionUrlCaller {
  /** `*`, or a service such as `cloudfront.amazonaws.com`. */
  readonly principal: string;
  readonly authType: FunctionUrlAuth;
  /** The one resource of a service on whose behalf it may call. */
  readonly sourceArn?: string;
}

/** Lets a principal that has no role of ours call a function's URL, by the function's own policy. */
export function permitFunctionUrl(scope: Construct, functionArn: string, caller: FunctionUrlCaller): void {
  const shared = {
    functionName: functionArn,
    principal: caller.principal,
    ...(caller.sourceArn !== undefined && { sourceArn: caller.sourceArn }),
  };
  new CfnPermission(scope, 'InvokeUrl', {
    ...shared,
    action: 'lambda:InvokeFunctionUrl',
    functionUrlAuthType: caller.authType,
  });
  new CfnPermission(scope, 'InvokeByUrl', {
    ...shared,
    action: 'lambda:InvokeFunction',
    invokedViaFunctionUrl: true,
  });
}

/** Lets a role of the same account call a function's AWS_IAM URL, and not the function itself, by the role's own policy. */
export function allowFunctionUrl(role: IRole, functionArn: string): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunctionUrl'],
      resources: [functionArn],
      conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
    }),
  );
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [functionArn],
      conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
    }),
  );
}
