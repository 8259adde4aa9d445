import { importJWK } from 'jose';
import type { KeySource, VerificationKey } from '../keys/key-source.ts';
import { createTestKey, mintToken, type TestKey } from '../testing/index.ts';
import type { Algorithm } from './algorithms.ts';
import { readCompactJws } from './compact-jws.ts';
import { verifySignature } from './verify-signature.ts';

const signer = createTestKey('EdDSA', 'k1');
const other = createTestKey('EdDSA', 'k1');
const jws = readCompactJws(mintToken(signer));

async function imported({ jwk }: TestKey, algorithm: Algorithm = 'EdDSA'): Promise<VerificationKey> {
  const cryptoKey = await importJWK(jwk, 'EdDSA');
  if (cryptoKey instanceof Uint8Array) throw new TypeError('a key is expected');
  return { algorithm, kid: 'k1', cryptoKey };
}

type Keys = readonly VerificationKey[];

const sourceOf = (known: Keys, further: Keys = [], fresh: Keys = []) => {
  const asked: string[] = [];
  const source: KeySource = {
    find: async () => (asked.push('find'), known),
    findFurther: async () => (asked.push('findFurther'), further),
    findNew: async () => (asked.push('findNew'), fresh),
    isCurrent: () => true,
  };
  return { source, asked };
};

describe('verifySignature', () => {
  it('names the key that signed, and asks for no further ones', async () => {
    const [wrong, right] = [await imported(other), await imported(signer)];
    const { source, asked } = sourceOf([wrong, right]);
    expect(await verifySignature(jws, source)).toBe(right);
    expect(asked).toEqual(['find']);
  });

  it('tries the keys that the source has besides, and then those of a new look', async () => {
    const [wrong, right] = [await imported(other), await imported(signer)];
    const further = sourceOf([wrong], [right]);
    expect(await verifySignature(jws, further.source)).toBe(right);
    expect(further.asked).toEqual(['find', 'findFurther']);
    const fresh = sourceOf([wrong], [wrong], [right]);
    expect(await verifySignature(jws, fresh.source)).toBe(right);
    expect(fresh.asked).toEqual(['find', 'findFurther', 'findNew']);
  });

  it.each([
    ['there is no key at all', [0, 0, 0], 'AUTH_TOKEN_KEY_UNKNOWN'],
    ['no known key signed', [1, 0, 0], 'AUTH_TOKEN_SIGNATURE'],
    ['no further key signed', [0, 1, 0], 'AUTH_TOKEN_SIGNATURE'],
    ['no new key signed', [0, 0, 1], 'AUTH_TOKEN_SIGNATURE'],
  ] as const)('refuses when %s', async (_, counts, code) => {
    const wrong = await imported(other);
    const [known, further, fresh] = counts.map((count) => Array<VerificationKey>(count).fill(wrong));
    const { source } = sourceOf(known!, further, fresh);
    await expect(verifySignature(jws, source)).rejects.toMatchObject({ code });
  });

  it('goes by the key’s algorithm, whatever header and source say', async () => {
    const { source } = sourceOf([await imported(signer, 'Ed25519')]);
    await expect(verifySignature(jws, source)).rejects.toMatchObject({
      code: 'AUTH_TOKEN_SIGNATURE',
    });
  });

  it.each(['find', 'findFurther', 'findNew'] as const)('lets an outage of %s through', async (lookUp) => {
    const { source } = sourceOf([]);
    const failing = { ...source, [lookUp]: () => Promise.reject(new Error('down')) };
    await expect(verifySignature(jws, failing)).rejects.toThrow('down');
  });
});
