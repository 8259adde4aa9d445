import type { Exchange, Feature } from '../features/feature.ts';
import { StreamSource } from './stream-source.ts';

/** The streams of the requests under way. */
export interface OpenStreams {
  /**
   * Reads the first chunk of a streamed answer before its head is settled: a source that fails at once is answered as any other
   * failure, and one that waits too long as any other handler. Nothing is read for HEAD.
   */
  readonly feature: Feature;
  /** Tells that the answer of a request is settled, and ends its stream, if it has one, unless the answer sends it. */
  settle(exchange: Exchange, options: { readonly isSent: boolean }): void;
}

export function trackStreams(): OpenStreams {
  const sources = new WeakMap<Exchange, StreamSource>();
  const settled = new WeakSet<Exchange>();
  return {
    feature: {
      name: 'streaming',
      serves: ['stream'],
      async invoke(exchange, next) {
        const response = await next();
        if (response.stream === undefined) return response;
        const source = new StreamSource(response.stream);
        // The deadline has answered already: this comes too late for anybody.
        if (settled.has(exchange)) source.end();
        else {
          sources.set(exchange, source);
          if (exchange.request.method !== 'HEAD') await source.pull();
        }
        return { ...response, stream: source };
      },
    },
    settle(exchange, { isSent }) {
      settled.add(exchange);
      if (!isSent) sources.get(exchange)?.end();
    },
  };
}
