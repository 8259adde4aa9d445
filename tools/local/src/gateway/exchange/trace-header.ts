import type { GatewayRuntime } from '../gateway-runtime.ts';

/** X-Ray's view of one request. */
export interface RequestTrace {
  /** What the function finds in its event's `X-Amzn-Trace-Id`: the client's own value, else a new root. */
  readonly eventHeader: string;
  /** `Root=...;Parent=...;Sampled=...`: what the invocation gets, and a REST API's response shows. */
  readonly invocationHeader: string;
}

/**
 * Takes up the trace that the client sent, or begins one. A client's Root, Parent and Sampled are honoured; what is
 * missing is made. Nothing is sampled by the gateway itself: the host sends no segments.
 */
export function beginTrace(clientHeader: string | undefined, runtime: GatewayRuntime): RequestTrace {
  const fields = new Map(
    (clientHeader ?? '').split(';').map((field) => {
      const equals = field.indexOf('=');
      return [field.slice(0, Math.max(equals, 0)).trim(), field.slice(equals + 1).trim()] as const;
    }),
  );
  const root = fields.get('Root') ?? newRoot(runtime);
  const parent = fields.get('Parent') ?? runtime.ids.hex(16);
  const complete = fields.has('Root') && fields.has('Parent') && fields.has('Sampled');
  return {
    eventHeader: clientHeader !== undefined && fields.has('Root') ? clientHeader : `Root=${root}`,
    invocationHeader:
      complete && clientHeader !== undefined
        ? clientHeader
        : `Root=${root};Parent=${parent};Sampled=${fields.get('Sampled') ?? '0'}`,
  };
}

function newRoot(runtime: GatewayRuntime): string {
  const seconds = Math.floor(runtime.clock() / 1000);
  return `1-${seconds.toString(16).padStart(8, '0')}-${runtime.ids.hex(24)}`;
}
