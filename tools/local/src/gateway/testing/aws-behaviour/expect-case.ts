import type { RawResponse } from '../raw-request.ts';
import type { StartedGateway } from '../start-gateway.ts';
import { AUTHORIZER_ARN, FUNCTION_ARN } from '../models.ts';
import type { BehaviourCase } from './cases.ts';

type Record_ = Readonly<Record<string, unknown>>;

/** Values that a case leaves open, by their placeholders. */
const PLACEHOLDERS: Readonly<Record<string, RegExp>> = {
  '<uuid>': /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  '<12digits>': /^\d{12}$/,
  '<ip>': /^[0-9a-f.:]+$/,
  '<ms>': /^\d{13}$/,
  '<number>': /^\d+$/,
  '<dd/Mon/yyyy:HH:mm:ss +0000>': /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/,
  '<Root=1-8hex-24hex>': /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/,
  '<Root=...>': /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/,
  '<base64-like ending =>': /^[A-Za-z0-9+/]+=$/,
};

/** What this file checks. A case that expects anything else needs a special case. */
const CHECKED_MEMBERS = new Set([
  'authorizerEvent',
  'authorizerEventExactKeys',
  'authorizerEventKeys',
  'body',
  'bodyContains',
  'bodyJson',
  'context',
  'contextError',
  'event',
  'eventAbsent',
  'eventExactKeys',
  'eventHeadersExact',
  'headers',
  'headersAbsent',
  'headersCaseExact',
  'identityExactKeys',
  'matched',
  'requestContextExactKeys',
  'setCookieCount',
  'status',
]);

/** Holds a response, and the event that the function got, to everything that a case expects. */
export function expectCase(subject: BehaviourCase, gateway: StartedGateway, response: RawResponse): void {
  const { expected } = subject;
  const unread = Object.keys(expected).filter((member) => !CHECKED_MEMBERS.has(member));
  if (unread.length > 0)
    throw new Error(`${subject.id} expects ${unread.join(', ')}, which needs a special case`);
  if (typeof expected['status'] === 'number') expect(response.status).toBe(expected['status']);
  expectHeaders(expected, response);
  expectBody(expected, response);
  expectEvent(expected, gateway);
  expectContext(expected, gateway);
  if (expected['authorizerEvent'] !== undefined || expected['authorizerEventKeys'] !== undefined) {
    expectAuthorizerEvent(expected, gateway);
  }
}

function expectHeaders(expected: Record_, response: RawResponse): void {
  for (const [name, value] of Object.entries((expected['headers'] ?? {}) as Record_)) {
    const wanted = Array.isArray(value) ? value : [value];
    expect({ [name]: response.header(name) }).toEqual({ [name]: wanted.map(toMatcher) });
  }
  for (const [name, value] of Object.entries((expected['headersCaseExact'] ?? {}) as Record_)) {
    const lines = response.headerLines.filter(([line]) => line === name).map(([, text]) => text);
    expect({ [name]: lines }).toEqual({ [name]: Array.isArray(value) ? value : [value] });
  }
  for (const name of (expected['headersAbsent'] ?? []) as readonly string[]) {
    expect({ [name]: response.header(name) }).toEqual({ [name]: [] });
  }
  if (typeof expected['setCookieCount'] === 'number') {
    expect(response.header('set-cookie')).toHaveLength(expected['setCookieCount']);
  }
}

function expectBody(expected: Record_, response: RawResponse): void {
  if (typeof expected['body'] === 'string') expect(response.text()).toBe(expected['body']);
  if (expected['bodyJson'] !== undefined) expect(response.json()).toEqual(expected['bodyJson']);
  if (expected['bodyContains'] !== undefined) expect(response.text()).toContain(expected['bodyContains']);
  if (expected['matched'] !== undefined) {
    const matched = expected['matched'] as string;
    expect([matched, matched.split(' ')[1]]).toContain(response.text());
  }
}

function expectEvent(expected: Record_, gateway: StartedGateway): void {
  const call = gateway.invoker.invocations.find(({ functionArn }) => functionArn === FUNCTION_ARN);
  const wanted = expected['event'] as Record_ | undefined;
  if (wanted !== undefined) expect(call?.event).toEqual(toPattern(wanted));
  const event = call?.event as Record_ | undefined;
  expectKeys(expected['eventExactKeys'], event);
  expectKeys(expected['eventHeadersExact'], event?.['headers']);
  const context = event?.['requestContext'] as Record_ | undefined;
  expectKeys(expected['requestContextExactKeys'], context);
  expectKeys(expected['identityExactKeys'], context?.['identity']);
  for (const path of (expected['eventAbsent'] ?? []) as readonly string[]) {
    expect(event).not.toHaveProperty(path.split('.'));
  }
}

/** The access log line of the fixture is JSON of the variables that cases look at. */
function expectContext(expected: Record_, gateway: StartedGateway): void {
  const wanted = { ...(expected['context'] as Record_ | undefined) };
  const error = expected['contextError'] as Record_ | undefined;
  if (error !== undefined) {
    wanted['error.responseType'] = error['responseType'];
    wanted['error.message'] =
      error['message'] ??
      expect.stringMatching(new RegExp(`^${escapeRegExp(String(error['messagePrefix']))}`));
  }
  if (Object.keys(wanted).length === 0) return;
  const logged = JSON.parse(gateway.accessLog[0]?.line ?? '{}') as Record_;
  const values = Object.entries(wanted).map(([name, value]) => [
    name,
    typeof value === 'number' ? String(value) : value,
  ]);
  expect(logged).toMatchObject(Object.fromEntries(values) as Record<string, unknown>);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function expectAuthorizerEvent(expected: Record_, gateway: StartedGateway): void {
  const call = gateway.invoker.invocations.find(({ functionArn }) => functionArn === AUTHORIZER_ARN);
  expect(call?.event).toEqual(toPattern(expected['authorizerEvent']));
  expectKeys(expected['authorizerEventExactKeys'] ?? expected['authorizerEventKeys'], call?.event);
}

function expectKeys(keys: unknown, value: unknown): void {
  if (!Array.isArray(keys)) return;
  expect(Object.keys(value ?? {}).toSorted()).toEqual(keys.toSorted());
}

function toPattern(wanted: unknown): unknown {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return toMatcher(wanted);
  return expect.objectContaining(
    Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key, toPattern(value)])),
  );
}

/** A placeholder matches what it describes; one that is not known here matches anything that is there. */
function toMatcher(value: unknown): unknown {
  if (typeof value !== 'string' || !/^<.*>$/.test(value)) return value;
  const pattern = PLACEHOLDERS[value];
  return pattern === undefined ? expect.anything() : new Matching(pattern);
}

/** Matches numbers as well as strings. */
class Matching {
  readonly pattern: RegExp;
  constructor(pattern: RegExp) {
    this.pattern = pattern;
  }

  asymmetricMatch(value: unknown): boolean {
    return this.pattern.test(String(value));
  }

  toString(): string {
    return `matching ${String(this.pattern)}`;
  }
}
