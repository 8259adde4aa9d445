import type { ServerResponse } from 'node:http';
import type { OutgoingResponse } from './exchange.ts';

/** Statuses whose responses have neither a body nor a Content-Length (RFC 9110 sections 15.3.5 and 15.4.5). */
const BODILESS = new Set([204, 304]);

/** Sends a response. Names keep their casing and order; repeats stay lines of their own. */
export function writeResponse(outgoing: OutgoingResponse, response: ServerResponse): void {
  const flat: string[] = [];
  for (const [name, value] of outgoing.headers) flat.push(name, toWire(value));
  if (!BODILESS.has(outgoing.status)) flat.push('Content-Length', String(outgoing.body.byteLength));
  flat.push('Connection', response.shouldKeepAlive ? 'keep-alive' : 'close');
  response.writeHead(outgoing.status, flat);
  // node:http itself keeps the body from a HEAD, a 204 and a 304.
  response.end(outgoing.body);
}

/** Header values travel as Latin-1 in node:http: text beyond ASCII is sent as its UTF-8 bytes. */
function toWire(value: string): string {
  return /^[\x20-\x7e\t]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');
}
