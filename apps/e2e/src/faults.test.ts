import path from 'node:path';
import { type LocalHost, startLocalHost } from './harness/local-host.ts';
import { call } from './harness/test-host.ts';

/** What each front answers by itself when its function fails, and when it takes too long (aws-behaviour). */
const fronts = [
  {
    front: 'http',
    failed: { status: 500, json: { message: 'Internal Server Error' } },
    late: { status: 503, json: { message: 'Service Unavailable' } },
  },
  {
    front: 'rest',
    failed: { status: 502, json: { message: 'Internal server error' } },
    late: { status: 504, json: { message: 'Endpoint request timed out' } },
  },
  { front: 'url', failed: { status: 502, json: 'Internal Server Error' } },
] as const;

describe('a function that fails', () => {
  let host: LocalHost;
  beforeAll(async () => {
    host = await startLocalHost(['--template', path.join(__dirname, 'fixtures/faulty.template.json')]);
  });
  afterAll(() => host.stop());

  const urlOf = (front: string) => {
    const { apis, functionUrls } = host.state;
    const base = apis.find(({ kind }) => kind === front)?.url ?? functionUrls[0]!.url;
    return `${base.replace(/\/$/, '')}/faulty`;
  };

  it('is run from its inline code', async () => {
    expect(await call(urlOf('http'))).toMatchObject({ status: 200, json: 'fine' });
  });

  describe.each(fronts)('behind the $front front', ({ front, failed }) => {
    it.each([
      ['throws', 'throw'],
      ['ends its process', 'exit'],
      ['throws after its handler has returned control', 'later'],
      ['runs into its timeout', 'hang'],
      ['never returns from a loop', 'loop'],
    ])("%s: the front's own error, and the next request works", async (_, fault) => {
      const { status, json } = await call(`${urlOf(front)}?fault=${fault}`);
      expect({ status, json }).toEqual(failed);
      expect(await call(urlOf(front))).toMatchObject({ status: 200, json: 'fine' });
    });
  });
});
