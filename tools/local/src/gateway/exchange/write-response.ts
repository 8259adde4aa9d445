import type { ServerResponse } from 'node:http';
import { type OutgoingResponse, toBuffer } from './exchange.ts';

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
  const { body } = outgoing;
  if (body.byteLength > MAX_JOINED_BYTES) response.end(body);
  else response.end(toBuffer(body).toString('latin1'), 'latin1');
}

/** Bodies up to here are sent as text that holds their bytes: node:http then writes head and body at once, not by writev. */
const MAX_JOINED_BYTES = 65_536;

/** Header values travel as Latin-1 in node:http: text beyond ASCII is sent as its UTF-8 bytes. */
function toWire(value: string): string {
  return /^[\x20-\x7e\t]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');
}
