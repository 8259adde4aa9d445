import type { Agent as HttpAgent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { monotonicMs } from '@gatehouse/observability';
import { createBoundedMemo } from './bounded-memo.ts';
import { exchangeOverNode, type Target } from './node-exchange.ts';
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
  let lastUsedMs = monotonicMs();

  function agentFor(secure: boolean, publicOnly: boolean): HttpAgent {
    const name = publicOnly ? (secure ? 'https public' : 'http public') : secure ? 'https' : 'http';
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
    const target = targetOf(exchange.request.url.href);
    const { secure, hostname } = target;
    if (exchange.publicOnly && isAddress(hostname) && !isPublicAddress(hostname)) {
      return Promise.reject(refusedTarget(target.host));
    }
    return exchangeOverNode(exchange, {
      target,
      start: secure ? loadBuiltin('node:https').request : loadBuiltin('node:http').request,
      agent: agentFor(secure, exchange.publicOnly),
      lookup: exchange.publicOnly ? publicLookup : options.lookup,
    });
  }

  return {
    send(exchange) {
      const nowMs = monotonicMs();
      const idleMs = nowMs - lastUsedMs;
      lastUsedMs = nowMs;
      // A whole turn of the event loop lets it see the connections that were closed meanwhile.
      return idleMs > lookAfterIdleMs ? wholeTurn().then(() => send(exchange)) : send(exchange);
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}

/** Reading a URL's parts writes each anew, so the parts of those in use are kept. */
const targetOf = createBoundedMemo(200, (href): Target => {
  const { protocol, host, hostname, port, pathname, search } = new URL(href);
  const secure = protocol === 'https:';
  return {
    secure,
    host,
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    path: `${pathname}${search}`,
  };
});

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
