import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { AuthError } from '../errors.ts';
import { verifyWebhook, type WebhookScheme } from './verify-webhook.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';
import { parseWebhookKey, type WebhookKey } from './webhook-key.ts';

const NOW = 1_767_225_600;
const SECRET = 'a secret that only two parties know';
const key = parseWebhookKey(SECRET, 'utf8');
const otherKey = parseWebhookKey('another secret, of another provider', 'utf8');
const body = Buffer.from('{"type":"user.created","id":"evt_1"}');

const hmac = (content: string, encoding: 'hex' | 'base64', secret = SECRET): string =>
  createHmac('sha256', secret).update(content).update(body).digest(encoding);

type Headers = Readonly<Record<string, string | readonly string[]>>;

function delivery(headers: Headers, bytes: Uint8Array = body): WebhookDelivery {
  return { header: (name) => [headers[name] ?? []].flat(), body: bytes };
}

function codeOf(
  scheme: WebhookScheme,
  given: WebhookDelivery,
  { keys = [key], nowSeconds = NOW }: { keys?: readonly WebhookKey[]; nowSeconds?: number } = {},
): string {
  try {
    verifyWebhook(scheme, given, { keys, toleranceSeconds: 300, nowSeconds });
    return 'accepted';
  } catch (error) {
    return (error as AuthError).code;
  }
}

/** Why a delivery is refused, as the log has it. */
function detailOf(scheme: WebhookScheme, headers: Headers, nowSeconds = NOW): string | undefined {
  try {
    verifyWebhook(scheme, delivery(headers), { keys: [key], toleranceSeconds: 300, nowSeconds });
    return 'accepted';
  } catch (error) {
    return (error as AuthError).detail;
  }
}

/** A right delivery of each scheme, signed at NOW. */
const signed: Readonly<Record<WebhookScheme, Headers>> = {
  'standard-webhooks': {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(NOW),
    'webhook-signature': `v1,${hmac(`msg_1.${NOW}.`, 'base64')}`,
  },
  github: { 'x-hub-signature-256': `sha256=${hmac('', 'hex')}` },
  stripe: { 'stripe-signature': `t=${NOW},v1=${hmac(`${NOW}.`, 'hex')},v0=${'0'.repeat(64)}` },
  slack: {
    'x-slack-request-timestamp': String(NOW),
    'x-slack-signature': `v0=${hmac(`v0:${NOW}:`, 'hex')}`,
  },
};
const schemes = Object.keys(signed) as WebhookScheme[];
const timedSchemes = schemes.filter((scheme) => scheme !== 'github');

describe.each(schemes)('verifyWebhook by %s', (scheme) => {
  it('accepts a right signature', () => {
    expect(codeOf(scheme, delivery(signed[scheme]))).toBe('accepted');
  });

  it('accepts a signature under either secret while one is rotated', () => {
    expect(codeOf(scheme, delivery(signed[scheme]), { keys: [otherKey, key] })).toBe('accepted');
    expect(codeOf(scheme, delivery(signed[scheme]), { keys: [key, otherKey] })).toBe('accepted');
  });

  it.each([
    ['another secret', { keys: [otherKey] }],
    ['no secret at all', { keys: [] }],
  ])('refuses a signature under %s', (_, options) => {
    expect(codeOf(scheme, delivery(signed[scheme]), options)).toBe('AUTH_WEBHOOK_SIGNATURE');
  });

  it.each([
    ['one byte more', Buffer.concat([body, Buffer.from('\n')])],
    ['one byte less', body.subarray(0, -1)],
    ['no body', Buffer.alloc(0)],
  ])('refuses %s than was signed', (_, bytes) => {
    expect(codeOf(scheme, delivery(signed[scheme], bytes))).toBe('AUTH_WEBHOOK_SIGNATURE');
  });

  it.each(Object.keys(signed[scheme]))('refuses a delivery without, or with two of, %s', (name) => {
    const value = signed[scheme][name] as string;
    expect(codeOf(scheme, delivery({ ...signed[scheme], [name]: [] }))).toBe('AUTH_WEBHOOK_HEADER');
    expect(codeOf(scheme, delivery({ ...signed[scheme], [name]: '' }))).toBe('AUTH_WEBHOOK_HEADER');
    expect(codeOf(scheme, delivery({ ...signed[scheme], [name]: [value, value] }))).toBe(
      'AUTH_WEBHOOK_HEADER',
    );
    expect(codeOf(scheme, delivery({ ...signed[scheme], [name]: ` ${value}` }))).toBe('AUTH_WEBHOOK_HEADER');
    expect(codeOf(scheme, delivery({ ...signed[scheme], [name]: `${value}\n` }))).toBe('AUTH_WEBHOOK_HEADER');
    expect(detailOf(scheme, { ...signed[scheme], [name]: [] })).toBe(name);
  });
});

describe.each(timedSchemes)('verifyWebhook by %s, a scheme that signs the time', (scheme) => {
  it.each([
    ['300 s old', NOW + 300, 'accepted'],
    ['301 s old', NOW + 301, 'AUTH_WEBHOOK_TIMESTAMP'],
    ['300 s ahead', NOW - 300, 'accepted'],
    ['301 s ahead', NOW - 301, 'AUTH_WEBHOOK_TIMESTAMP'],
  ])('answers a delivery that is %s', (_, nowSeconds, expected) => {
    expect(codeOf(scheme, delivery(signed[scheme]), { nowSeconds })).toBe(expected);
  });

  it('says whether a delivery is old or ahead of its time', () => {
    expect(detailOf(scheme, signed[scheme], NOW + 301)).toBe('old');
    expect(detailOf(scheme, signed[scheme], NOW - 301)).toBe('ahead');
  });

  it('proves the signed time', () => {
    const proof = verifyWebhook(scheme, delivery(signed[scheme]), {
      keys: [key],
      toleranceSeconds: 300,
      nowSeconds: NOW,
    });
    expect(proof.timestampSeconds).toBe(NOW);
  });
});

describe('verifyWebhook by standard-webhooks', () => {
  const standard = signed['standard-webhooks'];
  const withSignature = (text: string): WebhookDelivery =>
    delivery({ ...standard, 'webhook-signature': text });
  const right = standard['webhook-signature'] as string;

  it('proves the signed id', () => {
    const proof = verifyWebhook('standard-webhooks', delivery(standard), {
      keys: [key],
      toleranceSeconds: 300,
      nowSeconds: NOW,
    });
    expect(proof).toEqual({ id: 'msg_1', timestampSeconds: NOW });
  });

  it('accepts the right one among several signatures, and passes over other versions', () => {
    const wrong = `v1,${Buffer.alloc(32).toString('base64')}`;
    expect(codeOf('standard-webhooks', withSignature(`${wrong} v9,abcd ${right}`))).toBe('accepted');
  });

  it.each(['v2,abc-_', 'v1ab,AAAA', 'v2,', 'v10,a,b', 'ed25519,{}', 'V1,AAAA', 'v1A,AAAA'])(
    'passes over %s, whose version it does not know, whatever its form',
    (entry) => {
      expect(codeOf('standard-webhooks', withSignature(`${entry} ${right}`))).toBe('accepted');
      expect(codeOf('standard-webhooks', withSignature(`${right} ${entry}`))).toBe('accepted');
      expect(codeOf('standard-webhooks', withSignature(entry))).toBe('AUTH_WEBHOOK_SIGNATURE');
    },
  );

  it.each(['v1,abc-_', 'v1,', 'v1,AAAA,BBBB', 'v1a,abc-_', 'v1a,', 'v1', ',AAAA', 'AAAA='])(
    'refuses the whole list for %s, which is malformed',
    (entry) => {
      expect(codeOf('standard-webhooks', withSignature(`${right} ${entry}`))).toBe('AUTH_WEBHOOK_HEADER');
      expect(codeOf('standard-webhooks', withSignature(`${entry} ${right}`))).toBe('AUTH_WEBHOOK_HEADER');
    },
  );

  it.each([
    ['an empty signature', 'v1,'],
    ['no version', right.slice(3)],
    ['two spaces', `${right}  ${right}`],
    ['a trailing space', `${right} `],
    ['base64url', right.replace(/[+/=]/g, '-')],
  ])('refuses a list with %s', (_, text) => {
    expect(codeOf('standard-webhooks', withSignature(text))).not.toBe('accepted');
  });

  it('refuses a signature that is too short to be one, and finds the right one behind it', () => {
    expect(codeOf('standard-webhooks', withSignature('v1,abcd'))).toBe('AUTH_WEBHOOK_SIGNATURE');
    expect(codeOf('standard-webhooks', withSignature(`v1,abcd ${right}`))).toBe('accepted');
  });

  it.each([
    ['webhook-signature', 'v1;abcd'],
    ['webhook-timestamp', 'now'],
    ['webhook-id', 'a.b'],
  ])('names the header %s when it is malformed', (name, value) => {
    expect(detailOf('standard-webhooks', { ...standard, [name]: value })).toBe(name);
  });

  it('refuses a second spelling of the right signature', () => {
    // The last digit before "=" holds two unused bits: a lenient decoder reads both spellings as one signature.
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const last = digits.indexOf(right.at(-2)!);
    const respelt = `${right.slice(0, -2)}${digits[last + 1]!}=`;
    expect(Buffer.from(respelt.slice(3), 'base64')).toEqual(Buffer.from(right.slice(3), 'base64'));
    expect(codeOf('standard-webhooks', withSignature(respelt))).toBe('AUTH_WEBHOOK_SIGNATURE');
  });

  it.each(['msg.1', 'msg 1', 'msg\u00e9', 'x'.repeat(257)])('refuses the id %j', (id) => {
    expect(codeOf('standard-webhooks', delivery({ ...standard, 'webhook-id': id }))).toBe(
      'AUTH_WEBHOOK_HEADER',
    );
  });

  it.each(['-1', '1.5', '1e9', '0x10', '01', String(NOW * 1000), 'now'])('refuses the time %j', (time) => {
    expect(codeOf('standard-webhooks', delivery({ ...standard, 'webhook-timestamp': time }))).toBe(
      'AUTH_WEBHOOK_HEADER',
    );
  });

  describe('with an Ed25519 key (v1a)', () => {
    const pair = generateKeyPairSync('ed25519');
    const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const publicKey = parseWebhookKey(`whpk_${raw.toString('base64')}`, 'whsec');
    const content = Buffer.concat([Buffer.from(`msg_1.${NOW}.`), body]);
    const signature = sign(null, content, pair.privateKey).toString('base64');

    it('accepts a v1a signature', () => {
      expect(codeOf('standard-webhooks', withSignature(`v1a,${signature}`), { keys: [publicKey] })).toBe(
        'accepted',
      );
    });

    it('accepts the right one among several signatures and keys, while one is rotated', () => {
      const wrong = Buffer.alloc(64).toString('base64');
      const spare = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
      const spareKey = parseWebhookKey(`whpk_${spare.subarray(-32).toString('base64')}`, 'whsec');
      const given = withSignature(`v1a,${wrong} v1a,${signature}`);
      expect(codeOf('standard-webhooks', given, { keys: [spareKey, publicKey] })).toBe('accepted');
      expect(codeOf('standard-webhooks', given, { keys: [publicKey, spareKey] })).toBe('accepted');
      expect(codeOf('standard-webhooks', given, { keys: [spareKey] })).toBe('AUTH_WEBHOOK_SIGNATURE');
      expect(codeOf('standard-webhooks', withSignature(`v1a,${wrong}`), { keys: [publicKey] })).toBe(
        'AUTH_WEBHOOK_SIGNATURE',
      );
    });

    it.each([
      ['the signature called v1', `v1,${signature}`, [publicKey]],
      ['a v1a signature when only a shared secret is held', `v1a,${signature}`, [key]],
      ['an HMAC called v1a', `v1a,${right.slice(3)}`, [publicKey, key]],
      [
        'an HMAC whose secret is the public key',
        `v1,${hmac(`msg_1.${NOW}.`, 'base64', raw.toString())}`,
        [publicKey],
      ],
    ])('refuses %s', (_, text, keys) => {
      expect(codeOf('standard-webhooks', withSignature(text), { keys })).toBe('AUTH_WEBHOOK_SIGNATURE');
    });

    it('refuses a second spelling of the right signature', () => {
      const respelt = signature.replace(/.==$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}==`);
      expect(codeOf('standard-webhooks', withSignature(`v1a,${respelt}`), { keys: [publicKey] })).not.toBe(
        'accepted',
      );
    });
  });
});

describe('verifyWebhook by stripe', () => {
  const mac = hmac(`${NOW}.`, 'hex');
  it.each([
    ['two right times', `t=${NOW},t=${NOW},v1=${mac}`, 'AUTH_WEBHOOK_HEADER'],
    ['no time', `v1=${mac}`, 'AUTH_WEBHOOK_HEADER'],
    ['no v1', `t=${NOW},v0=${mac}`, 'AUTH_WEBHOOK_HEADER'],
    ['spaces', `t=${NOW}, v1=${mac}`, 'AUTH_WEBHOOK_HEADER'],
    ['upper-case hex', `t=${NOW},v1=${mac.toUpperCase()}`, 'AUTH_WEBHOOK_HEADER'],
    ['a fractional time', `t=${NOW}.0,v1=${mac}`, 'AUTH_WEBHOOK_HEADER'],
    ['a v1 that is no digest before the right one', `t=${NOW},v1=abc,v1=${mac}`, 'AUTH_WEBHOOK_HEADER'],
    ['a second, right v1', `t=${NOW},v1=${'0'.repeat(64)},v1=${mac}`, 'accepted'],
    ['the items in another order', `v1=${mac},t=${NOW}`, 'accepted'],
  ])('answers a header with %s', (_, header, expected) => {
    expect(codeOf('stripe', delivery({ 'stripe-signature': header }))).toBe(expected);
  });
});

it.each([
  ['stripe', { 'stripe-signature': `v1=${hmac(`${NOW}.`, 'hex')}` }, 'stripe-signature'],
  ['stripe', { 'stripe-signature': `t=x,v1=${hmac('', 'hex')}` }, 'stripe-signature'],
  ['slack', { ...signed.slack, 'x-slack-request-timestamp': '01' }, 'x-slack-request-timestamp'],
  ['slack', { ...signed.slack, 'x-slack-signature': 'v0=abc' }, 'x-slack-signature'],
  ['github', { 'x-hub-signature-256': 'sha256=abc' }, 'x-hub-signature-256'],
] as const)('verifyWebhook by %s names the header that is malformed', (scheme, headers, name) => {
  expect(detailOf(scheme, headers)).toBe(name);
});

describe('parseWebhookKey', () => {
  const bytes = Buffer.from('0123456789abcdef0123456789abcdef');
  it.each([
    ['whsec', `whsec_${bytes.toString('base64')}`],
    ['whsec', bytes.toString('base64')],
    ['base64', bytes.toString('base64')],
    ['hex', bytes.toString('hex')],
    ['hex', bytes.toString('hex').toUpperCase()],
    ['utf8', bytes.toString('utf8')],
  ] as const)('decodes %s %s', (encoding, text) => {
    const parsed = parseWebhookKey(text, encoding);
    expect(parsed.kind === 'hmac' && Buffer.from(parsed.secret)).toEqual(bytes);
  });

  it('keeps the prefix whsec_ of a Stripe secret as part of the secret', () => {
    const parsed = parseWebhookKey('whsec_test_secret', 'utf8');
    expect(parsed.kind === 'hmac' && Buffer.from(parsed.secret).toString()).toBe('whsec_test_secret');
  });

  it.each([
    ['whsec', 'whsec_not base64!', 'base64'],
    ['whsec', `whpk_${Buffer.alloc(31).toString('base64')}`, 'whpk'],
    ['base64', '%%%%', 'base64'],
    ['base64', 'abcde', 'base64'],
    ['hex', 'xyz', 'hex'],
    ['hex', 'abc', 'hex'],
    ['hex', '', 'hex'],
    ['hex', 'ab'.repeat(15), 'length'],
    ['utf8', 'k'.repeat(15), 'length'],
    ['base64', '', 'length'],
    ['utf8', 'too short', 'length'],
  ] as const)('refuses the %s text %j', (encoding, text, detail) => {
    expect(() => parseWebhookKey(text, encoding)).toThrow(
      expect.objectContaining({ code: 'AUTH_SECRET_INVALID', detail }),
    );
  });

  it('takes a secret of 16 bytes, the least', () => {
    expect(parseWebhookKey('k'.repeat(16), 'utf8').kind).toBe('hmac');
    expect(parseWebhookKey('ab'.repeat(16), 'hex').kind).toBe('hmac');
  });

  it('does not repeat the secret in its error', () => {
    expect(() => parseWebhookKey('tiny-secret', 'utf8')).toThrow(/^(?!.*tiny-secret)/);
  });
});
