import { readProcessorConfig, readReceiverConfig } from './config.ts';

const provider = { scheme: 'github', secretId: 's', secretEncoding: 'utf8' };
const receiver = (providers: unknown, more: Record<string, string> = {}) =>
  readReceiverConfig({ DELIVERIES_TABLE: 't', WEBHOOK_PROVIDERS: JSON.stringify(providers), ...more });

test('a receiver’s variables are read, with their defaults', () => {
  expect(
    receiver({ 'git-hub': provider, b: { ...provider, secretId: undefined, secretArn: 'arn' } }),
  ).toEqual({
    deliveriesTable: 't',
    retentionSeconds: 604_800,
    providers: [
      { name: 'git-hub', scheme: 'github', secretId: 's', secretEncoding: 'utf8', toleranceSeconds: 300 },
      { name: 'b', scheme: 'github', secretId: 'arn', secretEncoding: 'utf8', toleranceSeconds: 300 },
    ],
  });
});

test('a receiver behind an edge knows its secret', () => {
  expect(receiver({}, { ORIGIN_SECRET_ID: 'o' }).originSecretId).toBe('o');
});

test.each<[string, unknown]>([
  ['a segment in capitals', { A: provider }],
  ['a segment with a slash', { 'a/b': provider }],
  ['an unknown scheme', { a: { ...provider, scheme: 'none' } }],
  ['an unknown encoding', { a: { ...provider, secretEncoding: 'rot13' } }],
  ['an unknown member', { a: { ...provider, secret: 'in plain sight' } }],
  ['no secret', { a: { ...provider, secretId: undefined } }],
  ['two secrets', { a: { ...provider, secretArn: 'arn' } }],
  ['a tolerance of an hour and more', { a: { ...provider, toleranceSeconds: 3601 } }],
  ['a tolerance of nothing', { a: { ...provider, toleranceSeconds: 0 } }],
  ['a list', [provider]],
])('%s stops the start, naming the variable', (_what, providers) => {
  expect(() => receiver(providers)).toThrow(/^WEBHOOK_PROVIDERS /);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['no table', { WEBHOOK_PROVIDERS: '{}' }, /^DELIVERIES_TABLE /],
  ['no providers', { DELIVERIES_TABLE: 't' }, /^WEBHOOK_PROVIDERS /],
  ['no JSON', { DELIVERIES_TABLE: 't', WEBHOOK_PROVIDERS: '{' }, /^WEBHOOK_PROVIDERS /],
  [
    'a short retention',
    { DELIVERIES_TABLE: 't', WEBHOOK_PROVIDERS: '{}', DELIVERY_RETENTION_HOURS: '75' },
    /^DELIVERY_RETENTION_HOURS /,
  ],
  [
    'an empty origin secret',
    { DELIVERIES_TABLE: 't', WEBHOOK_PROVIDERS: '{}', ORIGIN_SECRET_ID: '' },
    /^ORIGIN_SECRET_ID /,
  ],
])('%s stops a receiver’s start', (_what, env, message) => {
  expect(() => readReceiverConfig(env)).toThrow(message);
});

test('a processor’s variables are read, with their default', () => {
  expect(readProcessorConfig({ DELIVERIES_TABLE: 't', USERS_API_URL: 'https://u.example' })).toEqual({
    deliveriesTable: 't',
    usersApiUrl: 'https://u.example',
    giveUpSeconds: 3600,
  });
});

test.each<[string, Record<string, string>, RegExp]>([
  ['no URL', { DELIVERIES_TABLE: 't' }, /^USERS_API_URL /],
  ['something else than a URL', { DELIVERIES_TABLE: 't', USERS_API_URL: 'users' }, /^USERS_API_URL /],
  [
    'a time that is no number',
    { DELIVERIES_TABLE: 't', USERS_API_URL: 'http://u', GIVE_UP_SECONDS: '1h' },
    /^GIVE_UP_SECONDS /,
  ],
])('%s stops a processor’s start', (_what, env, message) => {
  expect(() => readProcessorConfig(env)).toThrow(message);
});
