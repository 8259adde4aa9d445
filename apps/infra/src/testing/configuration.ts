import { Match, type Template } from 'aws-cdk-lib/assertions';

/**
 * The JSON that a function of a template has in one of its variables; what is known only when the stack is deployed is
 * `{Resource}`.
 */
export function configurationOf(
  template: Template,
  variable: 'AUTH_CONFIG' | 'REQUEST_AUTH_CONFIG',
): unknown {
  const functions = template.findResources('AWS::Lambda::Function', {
    Properties: { Environment: { Variables: { [variable]: Match.anyValue() } } },
  });
  const [found, ...others] = Object.values(functions);
  if (found === undefined || others.length > 0) throw new TypeError(`One function has ${variable}`);
  return JSON.parse(textOf(found['Properties'].Environment.Variables[variable]));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Join': join } = value as { Ref?: string; 'Fn::Join'?: [string, readonly unknown[]] };
  if (Ref !== undefined) return `{${Ref.replace(/[0-9A-F]{8}$/, '')}}`;
  if (join === undefined) throw new TypeError(`No text: ${JSON.stringify(value)}`);
  return join[1].map(textOf).join(join[0]);
}
