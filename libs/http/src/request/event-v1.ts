import type { AuthorizerResult } from './authorizer-result.ts';
import { iamResult, jwtResult, isRecord, textOf } from './authorizer-reading.ts';
import type { EventReader } from './event-request.ts';
import type { EventV1 } from './events.ts';
import type { MultiValues } from './http-request.ts';
import { decodePercent } from './percent-encoding.ts';
import { queryFromRecords } from './query-string.ts';

/** Reads a REST API's event, or an HTTP API's with payload 1.0. */
export class EventV1Reader implements EventReader {
  readonly #event: EventV1;

  constructor(event: EventV1) {
    this.#event = event;
  }

  get requestId(): string {
    return this.#event.requestContext.requestId ?? '';
  }
  get stage(): string {
    return this.#event.requestContext.stage ?? '$default';
  }
  get host(): string {
    return this.#event.requestContext.domainName ?? this.header('host') ?? '';
  }
  get clientIp(): string {
    return textOf(this.#event.requestContext.identity?.['sourceIp']);
  }
  get receivedAtMs(): number {
    return this.#event.requestContext.requestTimeEpoch ?? 0;
  }
  get rawBody(): string {
    return this.#event.body ?? '';
  }
  get isBase64(): boolean {
    return this.#event.isBase64Encoded === true;
  }

  /**
   * A REST API leaves path parameters encoded; payload 1.0 decodes them. One that cannot be decoded makes the whole
   * lot unknown, and the path decides.
   */
  get routeParams(): Readonly<Record<string, string>> | undefined {
    const params = this.#event.pathParameters;
    if (!params) return undefined;
    if (this.#event.version !== undefined) return params;
    const decoded = Object.create(null) as Record<string, string>;
    for (const name of Object.keys(params)) {
      const value = decodePercent(params[name] ?? '');
      if (value === undefined) return undefined;
      decoded[name] = value;
    }
    return decoded;
  }

  /** Names come in any case: compared without making a lower-case copy of all of them. */
  header(name: string): string | undefined {
    const { multiValueHeaders, headers } = this.#event;
    const record: Readonly<Record<string, unknown>> | null | undefined = multiValueHeaders ?? headers;
    if (!record) return undefined;
    for (const key in record) {
      if (key.length !== name.length || (key !== name && key.toLowerCase() !== name)) continue;
      const value = record[key];
      if (typeof value === 'string') return value;
      if (Array.isArray(value)) return value.length === 1 ? textOf(value[0]) : value.join(', ');
    }
    return undefined;
  }

  headers(): MultiValues {
    const { multiValueHeaders, headers } = this.#event;
    const values = Object.create(null) as Record<string, readonly string[]>;
    const add = (key: string, more: readonly string[]): void => {
      const name = key.toLowerCase();
      values[name] = name in values ? [...(values[name] ?? []), ...more] : more;
    };
    if (multiValueHeaders)
      for (const key of Object.keys(multiValueHeaders)) add(key, multiValueHeaders[key] ?? []);
    else if (headers) for (const key of Object.keys(headers)) add(key, [headers[key] ?? '']);
    return Object.freeze(values);
  }

  query(): MultiValues {
    return queryFromRecords(this.#event.multiValueQueryStringParameters, this.#event.queryStringParameters);
  }

  cookiePairs(): Iterable<string> {
    return (this.headers()['cookie'] ?? []).flatMap((value) => value.split(';'));
  }

  authorizer(): AuthorizerResult {
    const { authorizer, identity } = this.#event.requestContext;
    if (!authorizer) return identity?.['userArn'] ? iamFromIdentity(identity) : { kind: 'none' };
    if (isRecord(authorizer['claims'])) return jwtResult(authorizer['claims'], authorizer['scopes']);
    if (isRecord(authorizer['lambda'])) return { kind: 'lambda', context: authorizer['lambda'] };
    return { kind: 'lambda', context: authorizer };
  }
}

function iamFromIdentity(identity: Readonly<Record<string, unknown>>): AuthorizerResult {
  return iamResult({ ...identity, userId: identity['user'], callerId: identity['caller'] });
}
