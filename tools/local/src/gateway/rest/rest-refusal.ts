import type { IntegrationFacts } from '../exchange/access-variables.ts';
import type { GatewayResponseType } from './gateway-response-types.ts';

export type RestStep =
  'received' | 'stage' | 'route' | 'authorizer' | 'api-key' | 'validation' | 'integration';

/** Why a REST API answers by itself: everything that a gateway response is made of, and the reason for the trace. */
export interface RestRefusalFacts {
  readonly responseType: GatewayResponseType;
  /** At run time it is not always the type's documented one: INTEGRATION_FAILURE is 500 or 502, never 504. */
  readonly status: number;
  /** `x-amzn-ErrorType`. */
  readonly errorType: string;
  /** `$context.error.message`; null where the gateway says none. */
  readonly message: string | null;
  /** The exact body while the type is not customised, where it is not `{"message":"..."}`. */
  readonly body?: string;
  readonly step: RestStep;
  /** One sentence for the trace, never for the response. */
  readonly reason: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** `$context.integration.error` of access logs. */
  readonly integrationError?: string;
  /** What the integration said before the gateway refused it. */
  readonly integration?: IntegrationFacts;
  /** `$context.error.validationErrorString` of access logs. */
  readonly validationError?: string;
}

export class RestRefusal extends Error {
  override readonly name = 'RestRefusal';
  readonly facts: RestRefusalFacts;

  constructor(facts: RestRefusalFacts) {
    super(facts.reason);
    this.facts = facts;
  }
}
