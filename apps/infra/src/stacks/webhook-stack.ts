import { ArnFormat, CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { findBundle } from '../bundles.ts';
import { FunctionUrl } from '../constructs/function-url.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { webhookSecretName } from '../names.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';

/** The webhook receiver, on an address that anyone may call: every request is verified by its signature. */
export class WebhookStack extends PartStack {
  constructor(scope: Construct, props: PartStackProps) {
    super(scope, 'webhook', props);
    const environment = this.settings;
    const bundle = findBundle(props.bundles, 'webhook', ['receiver.cjs', 'processor.cjs']);
    const table = this.lookUp('deliveriesTable');
    const tableArn = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: table });
    const providers = Object.entries(environment.webhook.providers);
    const receiver = new ServiceFunction(this, 'Receiver', {
      environment,
      role: 'webhook-receiver',
      service: 'webhook',
      bundle,
      handler: 'receiver.handler',
      settings: environment.functions.webhookReceiver,
      variables: {
        DELIVERIES_TABLE: table,
        WEBHOOK_PROVIDERS: JSON.stringify(
          Object.fromEntries(
            providers.map(([segment, provider]) => [
              segment,
              { ...provider, secretId: webhookSecretName(environment.name, segment) },
            ]),
          ),
        ),
      },
    });
    // One conditional put: it is the duplicate check and the durable hand-over at once.
    receiver.allow(['dynamodb:PutItem'], [tableArn]);
    receiver.allow(
      ['secretsmanager:GetSecretValue'],
      // A secret's ARN ends in a dash and six characters that nobody knows beforehand.
      providers.map(([segment]) =>
        this.formatArn({
          service: 'secretsmanager',
          resource: 'secret',
          resourceName: `${webhookSecretName(environment.name, segment)}-??????`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ),
    );
    const url = new FunctionUrl(this, 'ReceiverUrl', { function: receiver.function, authType: 'NONE' });
    this.publish('webhookUrl', url.url);
    new CfnOutput(this, 'WebhookUrl', { value: url.url });
  }
}
