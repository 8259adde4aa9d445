import { CfnOutput } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledgements.ts';
import { type Bundle, findBundle } from '../bundles.ts';
import { allowFunctionUrl, FunctionUrl } from '../constructs/function-url.ts';
import { removalPolicyOf, ServiceFunction } from '../constructs/service-function.ts';
import { StreamProcessor } from '../constructs/stream-processor.ts';
import { failuresQueueName, originSecretName, webhookSecretName } from '../names.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';

/**
 * Records that the processor is given: deliveries that were just received, or set back to be worked off again. Its own
 * changes of state and removals by time-to-live do not come back to it.
 */
const RECEIVED = { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { state: { S: ['received'] } } } };

/** The webhook receiver, on an address that anyone may call, and the processor of what it stored. */
export class WebhookStack extends PartStack {
  readonly #tableName: string;
  readonly #tableArn: string;

  constructor(scope: Construct, props: PartStackProps) {
    super(scope, 'Webhook', props);
    const bundle = findBundle(props.bundles, 'webhook', ['receiver.cjs', 'processor.cjs']);
    this.#tableName = this.lookUp('deliveriesTable');
    this.#tableArn = this.formatArn({
      service: 'dynamodb',
      resource: 'table',
      resourceName: this.#tableName,
    });
    const receiver = this.#receiver(bundle);
    const url = new FunctionUrl(this, 'ReceiverUrl', {
      function: receiver.function,
      alias: receiver.alias,
      authType: 'NONE',
    });
    this.publish('webhookUrl', url.url);
    this.publish('webhookReceiverArn', receiver.targetArn);
    new CfnOutput(this, 'WebhookUrl', { value: url.url });
    this.#processor(bundle);
    // For `npm run replay`, which finds what has waited for longer.
    this.publish('webhookGiveUpSeconds', String(this.settings.webhook.giveUpSeconds));
  }

  #receiver(bundle: Bundle): ServiceFunction {
    const environment = this.settings;
    const providers = Object.entries(environment.webhook.providers);
    const receiver = new ServiceFunction(this, 'Receiver', {
      environment,
      role: 'webhook-receiver',
      service: 'webhook',
      bundle,
      handler: 'receiver.handler',
      settings: environment.functions.webhookReceiver,
      variables: {
        DELIVERIES_TABLE: this.#tableName,
        WEBHOOK_PROVIDERS: JSON.stringify(
          Object.fromEntries(
            providers.map(([segment, provider]) => [
              segment,
              { ...provider, secretId: webhookSecretName(environment.name, segment) },
            ]),
          ),
        ),
        ...this.#originSecret(),
      },
    });
    // One conditional put: it is the duplicate check and the durable hand-over at once.
    receiver.allow(['dynamodb:PutItem'], [this.#tableArn]);
    receiver.allow(
      ['secretsmanager:GetSecretValue'],
      [
        ...providers.map(([segment]) => webhookSecretName(environment.name, segment)),
        ...(environment.edge?.webhook === undefined ? [] : [originSecretName(environment.name)]),
      ].map((name) => this.secretArn(name)),
    );
    return receiver;
  }

  /** What CloudFront sends along, where it stands before the receiver, and the receiver asks for. */
  #originSecret(): Readonly<Record<string, string>> {
    const environment = this.settings;
    if (environment.edge?.webhook === undefined) return {};
    const name = originSecretName(environment.name);
    const secret = new Secret(this, 'OriginSecret', {
      secretName: name,
      description: 'Tells the webhook receiver that a request came by CloudFront',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: removalPolicyOf(environment),
    });
    acknowledge(secret, 'AwsSolutions-SMG4');
    return { ORIGIN_SECRET_ID: name };
  }

  #processor(bundle: Bundle): void {
    const environment = this.settings;
    const processor = new ServiceFunction(this, 'Processor', {
      environment,
      role: 'webhook-processor',
      service: 'webhook',
      bundle,
      handler: 'processor.handler',
      settings: environment.functions.webhookProcessor,
      variables: {
        DELIVERIES_TABLE: this.#tableName,
        USERS_API_URL: this.lookUp('usersApiInternalUrl'),
        GIVE_UP_SECONDS: String(environment.webhook.giveUpSeconds),
      },
    });
    processor.allow(['dynamodb:UpdateItem'], [this.#tableArn]);
    allowFunctionUrl(processor.role, this.lookUp('usersApiArn'));
    new StreamProcessor(this, 'Stream', {
      environment,
      processor,
      streamArn: this.lookUp('deliveriesStreamArn'),
      filters: [RECEIVED],
      queueName: failuresQueueName(environment.name),
    });
  }
}
