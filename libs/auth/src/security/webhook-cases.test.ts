import { AuthError } from '../errors.ts';
import { readSharedJson } from '../testing/shared-data.ts';
import { verifyWebhook, type WebhookScheme } from '../webhooks/verify-webhook.ts';
import { parseWebhookKey } from '../webhooks/webhook-key.ts';

interface WebhookCases {
  readonly cases: readonly {
    readonly id: string;
    readonly scheme: WebhookScheme;
    readonly secrets: readonly string[];
    readonly now?: number;
    readonly request: { readonly headers: Readonly<Record<string, string>>; readonly bodyBase64: string };
    readonly expected: number;
  }[];
}

const shared = readSharedJson('security/webhook-cases.json', 'the shared webhook cases') as
  WebhookCases | undefined;
const describeWithData = shared === undefined ? describe.skip : describe;
const cases = shared?.cases ?? [];

describeWithData('the shared webhook cases', () => {
  it('are there', () => {
    expect(cases.length).toBeGreaterThanOrEqual(31);
  });

  // An authenticated body may still be refused as no JSON (400): that is the receiver's affair.
  it.each(cases.map((entry) => [entry.id, entry.expected === 401 ? 'refused' : 'accepted', entry] as const))(
    '%s is %s',
    (_, expected, { scheme, secrets, now = 0, request }) => {
      const headers = Object.entries(request.headers).map(
        ([name, value]) => [name.toLowerCase(), value] as const,
      );
      const encoding = scheme === 'standard-webhooks' ? 'whsec' : 'utf8';
      const judge = (): string => {
        try {
          verifyWebhook(
            scheme,
            {
              header: (wanted) => headers.filter(([name]) => name === wanted).map(([, value]) => value),
              body: Buffer.from(request.bodyBase64, 'base64'),
            },
            {
              keys: secrets.map((text) => parseWebhookKey(text, encoding)),
              toleranceSeconds: 300,
              nowSeconds: now,
            },
          );
          return 'accepted';
        } catch (error) {
          if (error instanceof AuthError && error.kind === 'unauthenticated') return 'refused';
          throw error;
        }
      };
      expect(judge()).toBe(expected);
    },
  );
});
