import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RestMethodModel } from '../../../../model/app-model.ts';
import { restApi, restMethod } from '../../models.ts';
import { startGateway } from '../../start-gateway.ts';
import { expectCase } from '../expect-case.ts';
import { toRequest } from '../fixture-of-case.ts';
import type { SpecialCases } from './special-case.ts';

function proxyTo(key: string, uri: string): RestMethodModel {
  return restMethod(key, {
    integration: { type: 'HTTP_PROXY', uri, httpMethod: 'ANY', timeoutMs: 5000, requestParameters: {} },
  });
}

export const HTTP_PROXY_CASES: SpecialCases = {
  'exelog-003': {
    check: async (subject) => {
      const gateway = await startGateway({
        rest: restApi({ methods: [proxyTo('GET /', 'https://${stageVariables.testHost}')] }),
      });
      const response = await gateway.send({ path: '/test' });
      const { logLine, ...expected } = subject.expected;
      expectCase({ ...subject, expected }, gateway, response);
      const reasons = gateway.trace.map(
        ({ reason }) => `Execution failed due to configuration error: ${reason ?? ''}`,
      );
      expect(reasons).toContain(logLine);
    },
  },
  'rest-remap-002': {
    check: async (subject) => {
      const backend = createServer((_request, response) => {
        response.writeHead(200, { Server: 'backend', 'Content-Length': 2 }).end('{}');
      });
      await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
      const { port } = backend.address() as AddressInfo;
      const gateway = await startGateway({
        rest: restApi({ methods: [proxyTo('GET /no-param', `http://127.0.0.1:${port}/`)] }),
      });
      const response = await gateway.send(toRequest(subject));
      backend.closeAllConnections();
      backend.close();
      expectCase({ ...subject, expected: withLengths(subject.expected) }, gateway, response);
    },
  },
};

/** `<n>` stands for the body's length. */
function withLengths(expected: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const headers = Object.entries(expected['headers'] as Record<string, string>);
  return {
    ...expected,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, value === '<n>' ? '2' : value])),
  };
}
