import type { Front } from '../request/http-request.ts';
import { functionUrlEvent, httpApiV1Event, httpApiV2Event } from './http-api-events.ts';
import type { RequestSpec } from './request-spec.ts';
import { restEvent } from './rest-event.ts';

export { functionUrlEvent, httpApiV1Event, httpApiV2Event } from './http-api-events.ts';
export { createMemoryIdempotencyStore } from './memory-idempotency-store.ts';
export { readResult } from './read-result.ts';
export type { ReadResult } from './read-result.ts';
export type { RequestSpec } from './request-spec.ts';
export { restEvent } from './rest-event.ts';

/** The event builder of each front, for tests that hold on all four. */
export const EVENT_BUILDERS: Readonly<Record<Front, (spec: RequestSpec) => Record<string, unknown>>> = {
  rest: restEvent,
  'http-1.0': httpApiV1Event,
  'http-2.0': httpApiV2Event,
  url: functionUrlEvent,
};

export const FRONTS: readonly Front[] = ['rest', 'http-1.0', 'http-2.0', 'url'];
