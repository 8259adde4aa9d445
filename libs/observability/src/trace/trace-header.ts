/** The X-Ray trace that an invocation belongs to. */
export interface TraceContext {
  /** `1-<8 hex>-<24 hex>`. */
  readonly root: string;
  /** Id of the segment that called; absent on some internal invocations. */
  readonly parent?: string;
  readonly sampled: boolean;
}

/**
 * Reads a trace header, `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`.
 * Source: X-Ray developer guide, "Tracing header". Undefined when there is none, or it is not of that form.
 */
export function parseTraceHeader(header: string | undefined): TraceContext | undefined {
  if (header === undefined) return undefined;
  const members = new Map<string, string>();
  for (const member of header.split(';')) {
    const equals = member.indexOf('=');
    if (equals > 0) members.set(member.slice(0, equals).trim(), member.slice(equals + 1).trim());
  }
  const root = members.get('Root');
  if (root === undefined || !/^1-[0-9a-f]{8}-[0-9a-f]{24}$/i.test(root)) return undefined;
  const parent = members.get('Parent');
  return {
    root,
    ...(parent !== undefined && /^[0-9a-f]{16}$/i.test(parent) && { parent }),
    sampled: members.get('Sampled') === '1',
  };
}

/** Writes the header for a call whose caller is the segment `parent`. */
export function formatTraceHeader(trace: TraceContext): string {
  const parent = trace.parent === undefined ? '' : `;Parent=${trace.parent}`;
  return `Root=${trace.root}${parent};Sampled=${trace.sampled ? '1' : '0'}`;
}

/**
 * The trace id of a W3C `traceparent` header, 32 hex digits; undefined when the header is absent or invalid.
 * Source: W3C Trace Context 3.2.2. Versions after 00 are read by their first four members (3.2.4).
 */
export function parseTraceparent(header: string | undefined): string | undefined {
  const match = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/.exec(
    header?.trim() ?? '',
  );
  if (match === null) return undefined;
  const [whole, traceId, future] = match;
  return whole.startsWith('00') && future !== undefined ? undefined : traceId;
}
