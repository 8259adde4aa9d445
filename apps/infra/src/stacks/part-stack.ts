import { ArnFormat, Stack, Tags } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import {
  introspectionSecretName,
  type ParameterKey,
  parameterName,
  stackName,
  type StackSuffix,
} from '../names.ts';

export interface PartStackProps {
  readonly environment: Environment;
  /** Where the apps' build outputs are: `dist/apps`. */
  readonly bundles: string;
  /** Default: the environment's. */
  readonly region?: string;
}

/** A stack of one part. It finds the others' resources by parameters, never by a reference across stacks. */
export class PartStack extends Stack {
  protected readonly settings: Environment;

  constructor(scope: Construct, suffix: StackSuffix, { environment, region }: PartStackProps) {
    const name = stackName(environment.name, suffix);
    super(scope, name, {
      stackName: name,
      description: `Gatehouse ${environment.name}: ${suffix}`,
      env: { region: region ?? environment.region },
      terminationProtection: environment.removal === 'retain',
    });
    this.settings = environment;
    Tags.of(this).add('gatehouse:environment', environment.name);
    Tags.of(this).add('gatehouse:stack', suffix);
  }

  /** Tells the other parts a value. */
  protected publish(key: ParameterKey, value: string): void {
    new StringParameter(this, `Parameter-${key}`, {
      parameterName: parameterName(this.settings.name, key),
      stringValue: value,
    });
  }

  /** Of a secret that is known by its name: an ARN ends in a dash and six characters that nobody knows beforehand. */
  protected secretArn(name: string): string {
    return this.formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${name}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** What a function that verifies tokens reads: the key of the environment's own issuer, secrets shared with others, and the one for introspection. */
  protected tokenSecrets(signingKeyArn: string | undefined): readonly string[] {
    const { name, authorizer } = this.settings;
    return [
      ...(signingKeyArn === undefined ? [] : [signingKeyArn]),
      ...authorizer.issuers.flatMap(({ keys }) =>
        keys !== 'internal' && 'secretName' in keys ? [this.secretArn(keys.secretName)] : [],
      ),
      ...(authorizer.introspection === undefined ? [] : [this.secretArn(introspectionSecretName(name))]),
    ];
  }

  /** Another part's value, resolved when the stack is deployed; the deployment fails if it is not there yet. */
  protected lookUp(key: ParameterKey): string {
    return StringParameter.valueForStringParameter(this, parameterName(this.settings.name, key));
  }
}
