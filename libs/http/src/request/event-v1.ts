import { createRecord } from '../null-record.ts';
import { EventRequest } from './event-request.ts';
import type { EventV1 } from './events.ts';
import type { Front, MultiValues } from './http-request.ts';
import { lowerCase, toMultiValues } from './multi-values.ts';
import { withoutStage } from './path-prefix.ts';
import { decodePercent, encodePath } from './percent-encoding.ts';

/** A request by a REST API's event (no version), or by an HTTP API's with payload 1.0. */
export class EventV1Request extends EventRequest<EventV1> {
  override get front(): Front {
    return this.event.version === undefined ? 'rest' : 'http-1.0';
  }

  protected override get sentMethod(): string {
    return this.event.httpMethod;
  }

  override get routeKey(): string | undefined {
    const { resource } = this.event;
    return resource === undefined ? undefined : `${this.method} ${resource}`;
  }

  /**
   * A REST API leaves path parameters encoded; payload 1.0 decodes them. One that cannot be decoded makes the whole
   * lot unknown, and the path decides.
   */
  override get routeParams(): Readonly<Record<string, string>> | undefined {
    const { pathParameters: params } = this.event;
    if (!params || this.front !== 'rest') return params ?? undefined;
    const decoded = createRecord<string>();
    for (const name of Object.keys(params)) {
      const value = decodePercent(params[name] ?? '');
      if (value === undefined) return undefined;
      decoded[name] = value;
    }
    return decoded;
  }

  /** Names come in any case: compared without making a lower-case copy of all of them. */
  override header(name: string): string | undefined {
    const { multiValueHeaders, headers } = this.event;
    const record: Readonly<Record<string, string | readonly string[]>> = multiValueHeaders ?? headers ?? {};
    for (const key in record) {
      if (key.length !== name.length || (key !== name && key.toLowerCase() !== name)) continue;
      const value = record[key] ?? '';
      return typeof value === 'string' ? value : value.join(', ');
    }
    return undefined;
  }

  protected override readPath(): string {
    const { path = '/', resource } = this.event;
    const encoded = encodePath(path);
    return this.front === 'rest' ? encoded : withoutStage(encoded, this.stage, resource);
  }

  /** The single-value records have the last value alone: they count only where there are no others. */
  protected override readQuery(): MultiValues {
    return toMultiValues(this.event.multiValueQueryStringParameters ?? this.event.queryStringParameters);
  }

  protected override readHeaders(): MultiValues {
    return toMultiValues(this.event.multiValueHeaders ?? this.event.headers, lowerCase);
  }
}
