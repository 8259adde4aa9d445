import type { HttpClient, HttpClientResponse, RequestSigner } from '@gatehouse/clients';
import type { UserEvent } from '../domain/user-event.ts';
import type { Application, UsersDirectory } from '../domain/users-directory.ts';
import { WebhookError } from '../errors.ts';

export interface HttpUsersDirectoryOptions {
  readonly http: Pick<HttpClient, 'request'>;
  /** The internal function URL (AWS_IAM) of users-api. */
  readonly baseUrl: string;
  /** Signs for the service `lambda`. */
  readonly sign: RequestSigner;
}

/** Answers that blame the event itself: sending it again gives the same. */
const REFUSALS: ReadonlySet<number> = new Set([400, 404, 409, 413, 415, 422]);
/** A problem's code, as the users API writes its own. */
const CODE = /^[A-Z][A-Z0-9_]{2,63}$/;

/** The users API over its internal URL: signed requests on kept connections. Both operations may be repeated. */
export function createHttpUsersDirectory({ http, baseUrl, sign }: HttpUsersDirectoryOptions): UsersDirectory {
  return {
    async apply(event) {
      const response = await http.request({ ...toRequest(event, baseUrl), sign, idempotent: true });
      return toApplication(response);
    },
  };
}

function toRequest(event: UserEvent, baseUrl: string): Parameters<HttpClient['request']>[0] {
  const url = new URL(`/internal/users/${encodeURIComponent(event.externalId)}`, baseUrl);
  if (event.kind === 'deleted') return { method: 'DELETE', url, query: { occurredAt: event.occurredAt } };
  const { kind: _kind, externalId: _externalId, ...json } = event;
  return { method: 'PUT', url, json };
}

function toApplication(response: HttpClientResponse): Application {
  const body = parseMembers(response.body);
  if (response.status === 200) return { kind: 'applied', outcome: textOr(body['outcome'], 'applied') };
  if (!REFUSALS.has(response.status))
    throw new WebhookError('WEBHOOK_USERS_API_UNAVAILABLE', `The users API answered ${response.status}`);
  const code = textOr(body['code'], '');
  return { kind: 'refused', reason: CODE.test(code) ? code : `USERS_API_${response.status}` };
}

function parseMembers(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
