import { CfnPermission, CfnUrl, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface FunctionUrlProps {
  readonly function: IFunction;
  /** `NONE`: anyone may call, and the function checks a signature. `AWS_IAM`: callers sign with SigV4. */
  readonly authType: 'NONE' | 'AWS_IAM';
}

/**
 * A function's own HTTPS address, answering in one piece (BUFFERED).
 *
 * Since October 2025 a caller needs `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`, the second limited
 * to calls by the URL. With `NONE` both are granted to everyone by the function's own policy; with `AWS_IAM`
 * nobody has them until {@link FunctionUrl.grantInvoke}.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export class FunctionUrl extends Construct {
  /** `https://<id>.lambda-url.<region>.on.aws/`, with the slash. */
  readonly url: string;
  readonly #functionArn: string;
  readonly #authType: 'NONE' | 'AWS_IAM';

  constructor(scope: Construct, id: string, props: FunctionUrlProps) {
    super(scope, id);
    const functionArn = props.function.functionArn;
    const url = new CfnUrl(this, 'Url', {
      targetFunctionArn: functionArn,
      authType: props.authType,
      invokeMode: 'BUFFERED',
    });
    this.url = url.attrFunctionUrl;
    this.#functionArn = functionArn;
    this.#authType = props.authType;

    if (props.authType === 'NONE') {
      new CfnPermission(this, 'InvokeUrl', {
        functionName: functionArn,
        principal: '*',
        action: 'lambda:InvokeFunctionUrl',
        functionUrlAuthType: 'NONE',
      });
      new CfnPermission(this, 'InvokeByUrl', {
        functionName: functionArn,
        principal: '*',
        action: 'lambda:InvokeFunction',
        invokedViaFunctionUrl: true,
      });
    }
  }

  /** Lets a role of this account call the URL, by the role's own policy. */
  grantInvoke(role: IRole): void {
    allowFunctionUrl(role, this.#functionArn, this.#authType);
  }
}

/** Lets a role call a function's URL and not the function itself. Both in one account. */
export function allowFunctionUrl(role: IRole, functionArn: string, authType: 'NONE' | 'AWS_IAM'): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunctionUrl'],
      resources: [functionArn],
      conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': authType } },
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
