import { createServer } from 'node:http';
import type { QueueStore } from '../event-source/queue-store.ts';
import type { LogHistory } from '../log/log-history.ts';
import type { AppModel } from '../model/app-model.ts';
import type { RequestHistory } from '../trace/request-history.ts';
import type { SegmentHistory } from '../trace/segment-history.ts';

/** What has happened since the start. */
export interface History {
  readonly requests: RequestHistory;
  readonly logs: LogHistory;
  /** X-Ray segments that functions sent. */
  readonly segments: SegmentHistory;
}

/** What the console shows. */
export interface ConsoleContent extends History {
  readonly model: AppModel;
  readonly queues: QueueStore;
}

export interface ConsoleServer {
  listen(port: number): Promise<{ readonly port: number }>;
  close(): Promise<void>;
}

const listed = [
  '/model',
  '/requests',
  '/requests/{requestId}',
  '/traces',
  '/traces/{traceId}',
  '/logs?function=NAME',
  '/queues',
];

type Page = (path: string, query: URLSearchParams) => unknown;

/**
 * Serves what the host knows as JSON on 127.0.0.1: `/` lists the pages. A page that is read by name from elsewhere (DNS
 * rebinding) is refused: logs and traces are for the engineer at this machine alone.
 */
export function createConsoleServer(content: ConsoleContent): ConsoleServer {
  const { model, requests, logs, segments, queues } = content;
  const pages: ReadonlyMap<string, Page> = new Map<string, Page>([
    ['', () => ({ pages: listed })],
    ['model', () => describeModel(model)],
    ['requests', (requestId) => (requestId === '' ? requests.list() : requests.find(requestId))],
    ['traces', (traceId) => (traceId === '' ? segments.list() : segments.find(traceId))],
    ['queues', () => queues.list()],
    [
      'logs',
      (_rest, query) => {
        const name = query.get('function');
        return logs.list().filter((entry) => name === null || entry.functionName.includes(name));
      },
    ],
  ]);

  const server = createServer((incoming, outgoing) => {
    const answer = (status: number, body: unknown): void => {
      outgoing.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      outgoing.end(`${JSON.stringify(body, null, 2)}\n`);
    };
    if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(incoming.headers.host ?? '')) {
      answer(403, { message: 'This page is for 127.0.0.1 alone.' });
      return;
    }
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const [, name = '', rest = ''] = url.pathname.split('/');
    const body = incoming.method === 'GET' ? pages.get(name)?.(rest, url.searchParams) : undefined;
    if (body === undefined) answer(404, { message: 'No such page.' });
    else answer(200, body);
  });

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          const address = server.address();
          resolve({ port: typeof address === 'object' && address !== null ? address.port : port });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The model without secrets' texts and functions' environments. */
function describeModel(model: AppModel): unknown {
  return {
    ...model,
    functions: model.functions.map(({ environment, ...fn }) => ({
      ...fn,
      environment: Object.keys(environment),
    })),
    secrets: model.secrets.map(({ name, arn, text }) => ({ name, arn, hasValue: text !== undefined })),
  };
}
