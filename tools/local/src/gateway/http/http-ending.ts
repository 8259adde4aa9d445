import type { IntegrationFacts } from '../exchange/access-variables.ts';
import type { OutgoingResponse } from '../exchange/exchange.ts';
import type { HttpRefusal } from './http-refusal.ts';

/** How a call ended: its response, and what the access log tells about where it came from. */
export interface HttpEnding {
  readonly response: OutgoingResponse;
  readonly integration?: IntegrationFacts;
  readonly refusal?: HttpRefusal;
}
