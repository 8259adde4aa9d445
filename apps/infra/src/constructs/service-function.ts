import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Alias,
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledgements.ts';
import type { Bundle } from '../bundles.ts';
import type { Environment } from '../environments/environment.ts';
import type { FunctionSettings } from '../environments/schema/functions.ts';
import { functionName } from '../names.ts';

export interface ServiceFunctionProps {
  readonly environment: Environment;
  /** Names the function and its log group: `users-api`, `webhook-receiver`. */
  readonly role: string;
  /** `POWERTOOLS_SERVICE_NAME`; the app's name. */
  readonly service: string;
  readonly bundle: Bundle;
  /** `file.export`. Lambda's Node runtime finds `file.js`, `file.mjs` or `file.cjs`. */
  readonly handler: string;
  readonly settings: FunctionSettings;
  /** Added to the variables that every function has. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Have an alias although no provisioned concurrency asks for one: for a deployment that moves traffic. */
  readonly aliased?: boolean;
}

/** What stands for the version that callers get, where there is an alias at all. */
export const LIVE_ALIAS = 'live';

/**
 * A Lambda function from a built bundle: nodejs24.x on arm64, a log group of its own with the environment's
 * retention, and a role that may write to that log group, send traces, and nothing else until it is allowed.
 */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;
  readonly alias: Alias | undefined;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { environment, settings } = props;
    const name = functionName(environment.name, props.role);

    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/gatehouse/${environment.name}/${props.role}`,
      retention: environment.logRetentionDays,
      removalPolicy: removalPolicyOf(environment),
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${name} may do`,
    });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    this.function = new LambdaFunction(this, 'Function', {
      functionName: name,
      description: `${props.service} (${environment.name})`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(
        props.bundle.directory,
        environment.sourceMaps ? undefined : { exclude: ['*.map'] },
      ),
      handler: props.handler,
      role: this.role,
      memorySize: settings.memoryMb,
      timeout: Duration.seconds(settings.timeoutSeconds),
      ...(settings.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: settings.reservedConcurrency,
      }),
      tracing: environment.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel[environment.logLevel],
      systemLogLevelV2: SystemLogLevel.INFO,
      environment: {
        ENVIRONMENT: environment.name,
        POWERTOOLS_SERVICE_NAME: props.service,
        POWERTOOLS_METRICS_NAMESPACE: 'Gatehouse',
        POWERTOOLS_LOG_LEVEL: environment.logLevel,
        ...(environment.sourceMaps && { NODE_OPTIONS: '--enable-source-maps' }),
        ...props.variables,
      },
    });
    this.alias = this.#alias(props);
    acknowledge(this.role, 'AwsSolutions-IAM5[Resource::*]');
  }

  /** ARN of what fronts call: the alias where there is one, else the function. */
  get targetArn(): string {
    return (this.alias ?? this.function).functionArn;
  }

  /** Lets the function do exactly these actions on exactly these resources. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  #alias({ aliased, settings: { provisionedConcurrency } }: ServiceFunctionProps): Alias | undefined {
    if (aliased !== true && provisionedConcurrency === undefined) return undefined;
    return this.function.addAlias(LIVE_ALIAS, {
      ...(provisionedConcurrency !== undefined && {
        provisionedConcurrentExecutions: provisionedConcurrency,
      }),
    });
  }
}

/** What CloudFormation does with a resource that holds data when its stack goes. */
export function removalPolicyOf(environment: Environment): RemovalPolicy {
  return environment.removal === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}
