import { closeGateways, startGateway } from '../start-gateway.ts';
import { readCases } from './cases.ts';
import { expectCase } from './expect-case.ts';
import { assertReadable, toFixture, toRequest } from './fixture-of-case.ts';
import { NOT_DONE } from './not-done.ts';
import { SPECIAL } from './special/index.ts';

const AREAS = new Set([
  'access-logs',
  'api-keys',
  'authorizers-http',
  'authorizers-rest',
  'compression-limits',
  'cors',
  'execution-logs',
  'function-url',
  'gateway-responses',
  'httpapi-routing',
  'httpapi-v1-event',
  'httpapi-v1-response',
  'httpapi-v2-event',
  'httpapi-v2-response',
  'rest-aws-nonproxy',
  'rest-binary',
  'rest-event',
  'rest-header-remap',
  'rest-headers',
  'rest-integration-config',
  'rest-mock-vtl',
  'rest-response',
  'rest-routing',
  'rest-validation',
]);

const cases = readCases(process.env['GATEHOUSE_SHARED']);

afterEach(closeGateways);

if (cases === undefined) {
  it('is skipped: the variable GATEHOUSE_SHARED names no folder with aws-behaviour/cases.json', () => {
    console.info('aws-behaviour: skipped, GATEHOUSE_SHARED is not set');
  });
} else {
  const done = cases.filter(({ id }) => !(id in NOT_DONE));

  describe('behaves as AWS does', () => {
    it.each(done.map((subject) => [subject.id, subject] as const))('%s', async (id, subject) => {
      const special = SPECIAL[id];
      if (special?.check !== undefined) {
        await special.check(subject);
        return;
      }
      if (special?.fixture === undefined) assertReadable(subject);
      const gateway = await startGateway(special?.fixture?.(subject) ?? toFixture(subject));
      const response = await gateway.send(special?.request?.(subject) ?? toRequest(subject));
      expectCase(
        { ...subject, expected: special?.expected?.(subject) ?? subject.expected },
        gateway,
        response,
      );
    });
  });

  it('knows every case: done, or listed with its reason', () => {
    const ids = new Set(cases.map(({ id }) => id));
    expect(Object.keys(NOT_DONE).filter((id) => !ids.has(id))).toEqual([]);
    expect(Object.keys(SPECIAL).filter((id) => !ids.has(id))).toEqual([]);
    expect(cases.filter(({ area }) => !AREAS.has(area))).toEqual([]);
    for (const [id, reason] of Object.entries(NOT_DONE))
      console.info(`aws-behaviour: ${id} is not done: ${reason}`);
  });
}
