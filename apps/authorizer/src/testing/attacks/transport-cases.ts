import { signText, TEST_NOW_SECONDS as now } from '@gatehouse/auth/testing';
import {
  bearer,
  good,
  goodHeader,
  goodPayload,
  goodSignature,
  header,
  named,
  part,
  payload,
  rsa,
} from './test-identity.ts';

const authorizationHeader = named('header', [
  ['no header', {}, 401],
  ['an empty value', { authorization: '' }, 401],
  ['spaces alone', { authorization: '   ' }, 401],
  ['the token alone', { authorization: good }, 401],
  ['the scheme twice', { authorization: `Bearer Bearer ${good}` }, 401],
  ['a comma after the token', { authorization: `Bearer ${good},` }, 401],
  ['two tokens', { authorization: `Bearer ${good} ${good}` }, 401],
  ['a parameter', { authorization: `Bearer token="${good}"` }, 401],
  ['a tab', { authorization: `Bearer\t${good}` }, 401],
  ['a line feed inside', { authorization: `Bearer ${goodHeader}.\n${goodPayload}.${goodSignature}` }, 401],
  ['a carriage return at the end', { authorization: `Bearer ${good}\r` }, 401],
  ['a NUL at the end', { authorization: `Bearer ${good}\0` }, 401],
  ['a no-break space', { authorization: `Bearer\u00a0${good}` }, 401],
  ['a full-width scheme', { authorization: `Ｂearer ${good}` }, 401],
  ['DPoP', { authorization: `DPoP ${good}` }, 401],
  ['Token', { authorization: `Token ${good}` }, 401],
  ['two values in one header', { authorization: [`Bearer ${good}`, `Bearer ${good}`] }, 401],
  [
    'two spellings of the name, a good value first',
    { Authorization: `Bearer ${good}`, authorization: 'Bearer x' },
    401,
  ],
  ['the token in another header', { 'x-authorization': `Bearer ${good}` }, 401],
  ['the token in a cookie', { cookie: `authorization=Bearer ${good}` }, 401],
  ['the token in Proxy-Authorization', { 'proxy-authorization': `Bearer ${good}` }, 401],
]);

const structure = named('structure', [
  ['an empty token of dots', bearer('..'), 401],
  ['one dot', bearer('.'), 401],
  ['a leading dot', bearer(`.${good}`), 401],
  ['a trailing dot', bearer(`${good}.`), 401],
  ['no signature', bearer(`${goodHeader}.${goodPayload}.`), 401],
  ['no payload', bearer(`${goodHeader}..${goodSignature}`), 401],
  ['no header', bearer(`.${goodPayload}.${goodSignature}`), 401],
  [
    'a JWE',
    bearer(`${part({ alg: 'dir', enc: 'A256GCM' })}..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA`),
    401,
  ],
  [
    'JSON serialisation',
    bearer(Buffer.from(JSON.stringify({ payload: goodPayload })).toString('base64url')),
    401,
  ],
  ['ten thousand dots', bearer('.'.repeat(7_000)), 401],
  ['a detached payload', bearer(`${goodHeader}..${goodSignature}`), 401],
  ['header and payload exchanged', bearer(`${goodPayload}.${goodHeader}.${goodSignature}`), 401],
]);

const respelt = (text: string, from: RegExp, to: string): string => text.replace(from, to);
const encoding = named('encoding', [
  [
    'plain base64 in the header',
    bearer(`${Buffer.from(header({ a: '???>>>' })).toString('base64')}.${goodPayload}.${goodSignature}`),
    401,
  ],
  ['padding in the header', bearer(`${goodHeader}==.${goodPayload}.${goodSignature}`), 401],
  ['padding in the payload', bearer(`${goodHeader}.${goodPayload}=.${goodSignature}`), 401],
  ['a plus in the signature', bearer(`${goodHeader}.${goodPayload}.+${goodSignature.slice(1)}`), 401],
  ['a space in the payload', { authorization: `Bearer ${goodHeader}. ${goodPayload}.${goodSignature}` }, 401],
  ['a percent-encoded dot', bearer(respelt(good, /\./, '%2E')), 401],
  ['a digit too many', bearer(`${good}A`), 401],
  ['a digit too few', bearer(good.slice(0, -1)), 401],
  ['a full-width digit', bearer(respelt(good, /e/, 'ｅ')), 401],
  [
    'the signature in hex',
    bearer(`${goodHeader}.${goodPayload}.${Buffer.from(goodSignature, 'base64url').toString('hex')}`),
    401,
  ],
  ['UTF-16 claims', bearer(signText(rsa, header(), Buffer.from(payload(), 'utf16le'))), 401],
  ['claims after a byte order mark', bearer(signText(rsa, header(), `\ufeff${payload()}`)), 401],
  [
    'invalid UTF-8 in a claim',
    bearer(
      signText(
        rsa,
        header(),
        Buffer.concat([Buffer.from('{"sub":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
      ),
    ),
    401,
  ],
  [
    'an overlong UTF-8 quote',
    bearer(
      signText(
        rsa,
        header(),
        Buffer.concat([Buffer.from('{"a":'), Buffer.from([0xc0, 0xa2]), Buffer.from('}')]),
      ),
    ),
    401,
  ],
]);

const json = named('json', [
  ['a repeated claim', bearer(signText(rsa, header(), payload().replace('{', '{"sub":"root",'))), 401],
  [
    'a repeated claim, escaped',
    bearer(signText(rsa, header(), payload().replace('{', '{"\\u0073ub":"root",'))),
    401,
  ],
  [
    'a repeated expiry',
    bearer(signText(rsa, header(), payload({ exp: 1 }).replace('}', `,"exp":${now + 60}}`))),
    401,
  ],
  ['a repeated key id', bearer(signText(rsa, header().replace('{', '{"kid":"es-1",'), payload())), 401],
  [
    'a repeated scope',
    bearer(signText(rsa, header(), payload().replace('}', ',"scope":"users:admin"}'))),
    401,
  ],
  [
    'a repeated nested member',
    bearer(signText(rsa, header(), payload({ a: 0 }).replace('"a":0', '"a":{"b":1,"b":2}'))),
    401,
  ],
  ['an array for claims', bearer(signText(rsa, header(), `[${payload()}]`)), 401],
  ['a number for claims', bearer(signText(rsa, header(), '1')), 401],
  ['null for claims', bearer(signText(rsa, header(), 'null')), 401],
  ['an array for the header', bearer(signText(rsa, `[${header()}]`, payload())), 401],
  ['text after the claims', bearer(signText(rsa, header(), `${payload()}x`)), 401],
  ['a comment in the claims', bearer(signText(rsa, header(), payload().replace('{', '{/**/'))), 401],
  ['a trailing comma', bearer(signText(rsa, header(), payload().replace('}', ',}'))), 401],
  ['single quotes', bearer(signText(rsa, header(), payload().replaceAll('"', "'"))), 401],
  ['NaN', bearer(signText(rsa, header(), payload({ exp: 0 }).replace('"exp":0', '"exp":NaN'))), 401],
  [
    'an expiry beyond every number',
    bearer(signText(rsa, header(), payload({ exp: 0 }).replace('"exp":0', '"exp":1e999'))),
    401,
  ],
  [
    'claims nested 1,000 deep',
    bearer(
      signText(
        rsa,
        header(),
        payload({ a: 0 }).replace('"a":0', `"a":${'['.repeat(1_000)}${']'.repeat(1_000)}`),
      ),
    ),
    401,
  ],
  [
    'a prototype member with a scope',
    bearer(
      signText(
        rsa,
        header(),
        payload({ scope: undefined }).replace('{', '{"__proto__":{"scope":"users:admin"},'),
      ),
    ),
    403,
  ],
  [
    'a constructor member with a scope',
    bearer(
      signText(
        rsa,
        header(),
        payload({ scope: undefined }).replace('{', '{"constructor":{"scope":"users:admin"},'),
      ),
    ),
    403,
  ],
]);

/** How the token is carried, shaped, encoded and written as JSON. */
export const TRANSPORT_CASES = [...authorizationHeader, ...structure, ...encoding, ...json];
