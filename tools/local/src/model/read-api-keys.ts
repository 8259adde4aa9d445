import { shortHash } from '../assembly/short-hash.ts';
import type { ApiKeyModel } from './app-model.ts';
import type { ModelResource, ResourceSet } from './resource-set.ts';

/**
 * The API keys that usage plans let onto an API's stages. A key without a value gets one that is the same at every
 * start; the console shows it.
 *
 * @param apiId the REST API's id.
 */
export function readApiKeys(resources: ResourceSet, apiId: string): ApiKeyModel[] {
  const plans = resources.ofType('AWS::ApiGateway::UsagePlan');
  const attachments = resources.ofType('AWS::ApiGateway::UsagePlanKey');
  return resources.ofType('AWS::ApiGateway::ApiKey').flatMap((key) => {
    const planIds = attachments
      .filter(({ properties }) => properties.text('KeyId') === key.id)
      .map(({ properties }) => properties.text('UsagePlanId'));
    const stageNames = plans
      .filter((plan) => planIds.includes(plan.id))
      .flatMap((plan) => stagesOf(plan, apiId));
    return stageNames.length === 0
      ? []
      : [
          {
            id: key.id,
            value: valueOf(key),
            enabled: key.properties.boolean('Enabled') ?? false,
            stageNames,
          },
        ];
  });
}

function stagesOf({ properties }: ModelResource, apiId: string): readonly string[] {
  return properties
    .objects('ApiStages')
    .filter((stage) => stage.text('ApiId') === apiId)
    .map((stage) => stage.requiredText('Stage'));
}

/** Forty letters and digits, as the service makes them. */
function valueOf({ properties, stack, logicalId }: ModelResource): string {
  const seed = `${stack.name}/${logicalId}/value`;
  return properties.text('Value') ?? shortHash(seed, 24) + shortHash(`${seed}/more`, 16);
}
