import { WebhookError } from '../errors.ts';
import { decodeBody } from '../model/decode-body.ts';
import type { UserEvent } from './user-event.ts';

/**
 * Reads the event of a body in the form that Standard Webhooks recommends:
 *
 *     {"type": "user.updated", "timestamp": "2026-11-22T10:00:00Z",
 *      "data": {"id": "directory|42", "email": "ada@example.com", "name": "Ada", "locale": "en", "subject": "iss#sub"}}
 *
 * `user.created` and `user.updated` are one: whichever comes first creates. What the values may be is the users API's to say; here
 * they only have to be there and be text.
 *
 * @returns undefined for an event of another type, which is none of ours.
 * @throws {WebhookError} `WEBHOOK_EVENT_INVALID`, naming the member.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#payload-structure
 */
export function readUserEvent(body: Uint8Array): UserEvent | undefined {
  const event = members(parse(body), 'body');
  switch (text(event, 'type')) {
    case 'user.created':
    case 'user.updated':
      return readChanged(event);
    case 'user.deleted':
      return {
        kind: 'deleted',
        externalId: text(members(event['data'], 'data'), 'id'),
        occurredAt: text(event, 'timestamp'),
      };
    default:
      return undefined;
  }
}

function readChanged(event: Members): UserEvent {
  const data = members(event['data'], 'data');
  return {
    kind: 'changed',
    externalId: text(data, 'id'),
    email: text(data, 'email'),
    name: text(data, 'name'),
    ...optionalText(data, 'locale'),
    ...optionalText(data, 'subject'),
    occurredAt: text(event, 'timestamp'),
  };
}

type Members = Readonly<Record<string, unknown>>;

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(decodeBody(body)) as unknown;
  } catch {
    throw invalid('body');
  }
}

function members(value: unknown, name: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(name);
  return value as Members;
}

function text(from: Members, name: string): string {
  const value = from[name];
  if (typeof value !== 'string' || value === '') throw invalid(name);
  return value;
}

/** Directories send null for what they do not know. */
function optionalText<Name extends string>(from: Members, name: Name): Partial<Record<Name, string>> {
  const value = from[name];
  if (value === undefined || value === null) return {};
  return { [name]: text(from, name) } as Record<Name, string>;
}

function invalid(member: string): WebhookError {
  return new WebhookError('WEBHOOK_EVENT_INVALID', `The event's ${member} is missing or has the wrong form`);
}
