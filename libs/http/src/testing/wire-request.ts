import type { RequestSpec } from './request-spec.ts';

/** A spec taken apart, before any front's habits. */
export interface WireRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly rawQuery: string;
  /** Form-decoded, in order. */
  readonly queryPairs: readonly (readonly [string, string])[];
  readonly headerPairs: readonly (readonly [string, string])[];
  readonly body: Uint8Array | undefined;
  readonly contentType: string | undefined;
}

export const DEFAULT_REQUEST_ID = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
export const DEFAULT_CLIENT_IP = '192.0.2.10';
export const REQUEST_EPOCH_MS = 1_790_000_000_000;
export const REQUEST_TIME = '21/Sep/2026:14:13:20 +0000';
export const ACCOUNT_ID = '123456789012';
export const API_ID = 'a1b2c3d4e5';

export function toWire(spec: RequestSpec): WireRequest {
  const question = spec.path.indexOf('?');
  const rawQuery = question === -1 ? '' : spec.path.slice(question + 1);
  const headerPairs = Object.entries(spec.headers ?? {}).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, one] as const),
  );
  const given = headerPairs.find(([name]) => name.toLowerCase() === 'content-type');
  const isJson = spec.json !== undefined;
  const contentType = given?.[1] ?? (isJson ? 'application/json' : undefined);
  if (isJson && !given) headerPairs.push(['Content-Type', 'application/json']);
  const body = isJson ? JSON.stringify(spec.json) : spec.body;
  return {
    method: spec.method ?? 'GET',
    path: question === -1 ? spec.path : spec.path.slice(0, question),
    rawQuery,
    queryPairs: [...new URLSearchParams(rawQuery)],
    headerPairs,
    body: typeof body === 'string' ? Buffer.from(body) : body,
    contentType,
  };
}

/** Values by name, each in order. */
export function group(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of pairs) grouped.set(name, [...(grouped.get(name) ?? []), value]);
  return Object.fromEntries(grouped);
}

/** The last value by name, as REST's single-value records have it. */
export function lastValues(grouped: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(grouped).map(([name, values]) => [name, values.at(-1) ?? '']));
}

/** Path parameters of a template for an encoded path, still encoded; a trailing slash is not part of a greedy one. */
export function pathParameters(template: string, path: string): Record<string, string> | undefined {
  const names = template.split('/').slice(1);
  const segments = path.replace(/\/$/, '').split('/').slice(1);
  const params: [string, string][] = [];
  names.forEach((name, index) => {
    const [, param, plus] = /^\{([^+}]+)(\+?)\}$/.exec(name) ?? [];
    if (param === undefined) return;
    params.push([param, plus === '' ? (segments[index] ?? '') : segments.slice(index).join('/')]);
  });
  return params.length === 0 ? undefined : Object.fromEntries(params);
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

export function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

export const CATCH_ALL = '/{proxy+}';
