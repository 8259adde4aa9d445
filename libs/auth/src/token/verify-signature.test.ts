import { importJWK } from 'jose';
import type { KeySource, VerificationKey } from '../keys/key-source.ts';
import { createTestKey, mintToken, type TestKey } from '../testing/index.ts';
import type { Algorithm } from './algorithms.ts';
import { verifySignature } from './verify-signature.ts';

const signer = createTestKey('EdDSA', 'k1');
const other = createTestKey('EdDSA', 'k1');
const token = mintToken(signer);
const header = { alg: 'EdDSA', kid: 'k1', typ: 'at+jwt' } as const;

async function imported({ jwk }: TestKey, algorithm: Algorithm = 'EdDSA'): Promise<VerificationKey> {
  const cryptoKey = await importJWK(jwk, 'EdDSA');
  if (cryptoKey instanceof Uint8Array) throw new TypeError('a key is expected');
  return { algorithm, kid: 'k1', cryptoKey };
}

const sourceOf = (known: readonly VerificationKey[], further: readonly VerificationKey[] = []) => {
  const asked: string[] = [];
  const source: KeySource = {
    find: async () => (asked.push('find'), known),
    findFurther: async () => (asked.push('findFurther'), further),
    isCurrent: () => true,
  };
  return { source, asked };
};

describe('verifySignature', () => {
  it('names the key that signed, and asks for no further ones', async () => {
    const [wrong, right] = [await imported(other), await imported(signer)];
    const { source, asked } = sourceOf([wrong, right]);
    expect(await verifySignature(token, header, source)).toBe(right);
    expect(asked).toEqual(['find']);
  });

  it('tries the keys that a further look brings', async () => {
    const right = await imported(signer);
    const { source, asked } = sourceOf([await imported(other)], [right]);
    expect(await verifySignature(token, header, source)).toBe(right);
    expect(asked).toEqual(['find', 'findFurther']);
  });

  it.each([
    ['there is no key at all', false, false, 'AUTH_TOKEN_KEY_UNKNOWN'],
    ['no known key signed', true, false, 'AUTH_TOKEN_SIGNATURE'],
    ['no further key signed', false, true, 'AUTH_TOKEN_SIGNATURE'],
  ])('refuses when %s', async (_, isKnown, isFurther, code) => {
    const wrong = await imported(other);
    const { source } = sourceOf(isKnown ? [wrong] : [], isFurther ? [wrong] : []);
    await expect(verifySignature(token, header, source)).rejects.toMatchObject({ code });
  });

  it('goes by the key’s algorithm, whatever header and source say', async () => {
    const { source } = sourceOf([await imported(signer, 'Ed25519')]);
    await expect(verifySignature(token, header, source)).rejects.toMatchObject({
      code: 'AUTH_TOKEN_SIGNATURE',
    });
  });

  it.each(['find', 'findFurther'] as const)('lets an outage of %s through', async (lookUp) => {
    const { source } = sourceOf([]);
    const failing = { ...source, [lookUp]: () => Promise.reject(new Error('down')) };
    await expect(verifySignature(token, header, failing)).rejects.toThrow('down');
  });
});
