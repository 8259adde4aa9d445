/** An ARN or a name of a function, as templates give it, as an ARN without version or alias. */
export function unqualifiedFunctionArn(named: string, arnOfName: (name: string) => string): string {
  if (!named.startsWith('arn:')) return arnOfName(named.split(':')[0] ?? named);
  return named.split(':').slice(0, 7).join(':');
}

/**
 * The function that an integration or authorizer URI calls: `arn:...:lambda:path/2015-03-31/functions/<arn>/invocations`,
 * or a function's ARN itself. Undefined when the URI names no function, or leaves it to a stage variable.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-method-integration.html
 */
export function functionArnOfUri(uri: string): string | undefined {
  if (uri.includes('${stageVariables.')) return undefined;
  const inPath =
    /:lambda:path\/[^/]+\/functions\/(arn:[^/]+)\/(?:invocations|response-streaming-invocations)$/.exec(uri);
  const arn = inPath?.[1] ?? uri;
  return /^arn:[^:]+:lambda:[^:]*:[^:]*:function:/.test(arn)
    ? unqualifiedFunctionArn(arn, String)
    : undefined;
}
