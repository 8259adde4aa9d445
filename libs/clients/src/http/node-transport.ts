import type { Agent as HttpAgent, RequestOptions } from 'node:http';
import type { LookupFunction } from 'node:net';
import { exchangeOverNode } from './node-exchange.ts';
import { createPublicLookup, isPublicAddress } from './public-address.ts';
import { TransportError, type Exchange, type RawResponse, type Transport } from './transport.ts';
import { loadBuiltin } from '../load-builtin.ts';

export interface NodeTransportOptions {
  /** Open connections to one host, at most; further requests wait for one. Default 50. */
  readonly maxSockets?: number;
  /** Resolves names, with the signature of `dns.lookup`. */
  readonly lookup?: LookupFunction;
  /** PEM certificates that are trusted in place of Node's own list. */
  readonly ca?: string | readonly string[];
}

/** After this idle time a kept connection may have been closed without our having looked: the environment was frozen. */
const lookAfterIdleMs = 1_000;

/**
 * Sends over `node:https` and `node:http` with one keep-alive agent each, loaded when the first request needs it.
 * Requests to untrusted URLs have agents of their own, so that they never meet a connection that was opened without
 * the guard.
 */
export function createNodeTransport(options: NodeTransportOptions = {}): Transport {
  const agents = new Map<string, HttpAgent>();
  const publicLookup = createPublicLookup(options.lookup);
  let lastUsedMs = performance.now();

  function agentFor(secure: boolean, publicOnly: boolean): HttpAgent {
    const name = `${secure ? 'https' : 'http'}${publicOnly ? ' public' : ''}`;
    const known = agents.get(name);
    if (known !== undefined) return known;
    const settings = {
      keepAlive: true,
      maxSockets: options.maxSockets ?? 50,
      ...(options.ca !== undefined && { ca: options.ca as string[] }),
    };
    const agent = secure
      ? new (loadBuiltin('node:https').Agent)(settings)
      : new (loadBuiltin('node:http').Agent)(settings);
    agents.set(name, agent);
    return agent;
  }

  function send(exchange: Exchange): Promise<RawResponse> {
    const { url } = exchange.request;
    const secure = url.protocol === 'https:';
    const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (exchange.publicOnly && isAddress(hostname) && !isPublicAddress(hostname)) {
      return Promise.reject(refusedTarget(url.host));
    }
    const lookup = exchange.publicOnly ? publicLookup : options.lookup;
    const target: RequestOptions = {
      hostname,
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      agent: agentFor(secure, exchange.publicOnly),
      ...(lookup !== undefined && { lookup }),
    };
    const start = secure ? loadBuiltin('node:https').request : loadBuiltin('node:http').request;
    return exchangeOverNode(exchange, start, target);
  }

  return {
    async send(exchange) {
      const idleMs = performance.now() - lastUsedMs;
      lastUsedMs = performance.now();
      // A whole turn of the event loop lets it see the connections that were closed meanwhile.
      if (idleMs > lookAfterIdleMs) await wholeTurn();
      return send(exchange);
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}

/** From one check phase to the next there is a poll phase, whatever phase this is called in. */
function wholeTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

function isAddress(hostname: string): boolean {
  return loadBuiltin('node:net').isIP(hostname) !== 0;
}

function refusedTarget(host: string): TransportError {
  return new TransportError('CLIENTS_TARGET_REFUSED', `${host} is no public address`, { sent: false });
}
