import type { IntegrationFacts } from '../exchange/access-variables.ts';
import type { OutgoingResponse } from '../exchange/exchange.ts';

/** A response, and what the access log tells about where it came from. */
export interface IntegrationAnswer {
  readonly response: OutgoingResponse;
  readonly integration: IntegrationFacts;
}
