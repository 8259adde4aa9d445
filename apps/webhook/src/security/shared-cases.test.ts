import { startBundle, type BundleProcess } from '../testing/bundle-process.ts';
import { startFakeAws, type FakeAws } from '../testing/fake-aws.ts';
import { readSharedWebhookCases } from '../testing/shared-cases.ts';
import { urlEvent } from '../testing/url-event.ts';

const shared = readSharedWebhookCases('the shared webhook cases');
const describeWithData = shared === undefined ? describe.skip : describe;
const cases = shared?.cases ?? [];

describeWithData('the built receiver, asked the shared cases with the clock frozen', () => {
  let aws: FakeAws;
  let bundle: BundleProcess;
  const report = new Map<string, { right: number; of: number }>();

  beforeAll(async () => {
    aws = await startFakeAws(Object.fromEntries(cases.map(({ id, secrets }) => [id, secrets])));
    const providers = Object.fromEntries(
      cases.map(({ id, scheme }) => [
        id,
        { scheme, secretId: id, secretEncoding: scheme === 'standard-webhooks' ? 'whsec' : 'utf8' },
      ]),
    );
    bundle = await startBundle({
      ...aws.environment,
      DELIVERIES_TABLE: 'deliveries',
      WEBHOOK_PROVIDERS: JSON.stringify(providers),
    });
  });

  afterAll(async () => {
    const lines = [...report].map(([scheme, { right, of }]) => `  ${scheme}: ${right}/${of}`);
    process.stdout.write(`shared webhook cases, right of all, by scheme:\n${lines.join('\n')}\n`);
    await bundle.close();
    await aws.close();
  });

  test('has the cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(31);
  });

  test.each(cases.map((subject) => [subject.id, subject.expected, subject] as const))(
    'answers %s with %i, the body as base64 or as text',
    async (id, expected, { scheme, request, now = 1_767_225_600 }) => {
      const body = Buffer.from(request.bodyBase64, 'base64');
      const isText = Buffer.from(body.toString('utf8')).equals(body);
      const headers = Object.fromEntries(
        // A function URL hands header names over in lower case.
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const statuses = [];
      for (const base64 of isText ? [true, false] : [true]) {
        const event = urlEvent({ path: `/webhooks/${id}`, headers, body, base64 });
        statuses.push((await bundle.invoke(event, now * 1000)).statusCode);
      }
      const counted = report.get(scheme) ?? { right: 0, of: 0 };
      const isRight = statuses.every((status) => status === expected);
      report.set(scheme, { right: counted.right + Number(isRight), of: counted.of + 1 });
      expect(new Set(statuses)).toEqual(new Set([expected]));
    },
  );

  test('stored a row for each of those that it accepted, and for no other', () => {
    const accepted = cases.filter(({ expected }) => expected < 300).map(({ id }) => id);
    expect(new Set([...aws.rows.keys()].map((key) => key.slice(0, key.indexOf('#'))))).toEqual(
      new Set(accepted),
    );
  });
});
