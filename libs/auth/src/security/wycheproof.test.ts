import type { KeySource } from '../keys/key-source.ts';
import { createJwksKeySource } from '../keys/jwks-keys.ts';
import { createSecretKeySource } from '../keys/secret-keys.ts';
import { readSharedJson } from '../testing/shared-data.ts';
import { ALGORITHMS, isSymmetric, type Algorithm } from '../token/algorithms.ts';
import { readCompactJws } from '../token/compact-jws.ts';
import { verifySignature } from '../token/verify-signature.ts';

interface Vector {
  readonly tcId: number;
  readonly jws: unknown;
  readonly result: 'valid' | 'invalid';
}

interface Vectors {
  readonly testGroups: readonly {
    readonly private?: { readonly kty?: string };
    readonly public?: object;
    readonly tests: readonly Vector[];
  }[];
}

const vectors = readSharedJson(
  'security/wycheproof/json_web_signature_test.json',
  'Wycheproof’s JSON Web Signature vectors',
) as Vectors | undefined;
const describeWithData = vectors === undefined ? describe.skip : describe;
const all = Object.keys(ALGORITHMS) as Algorithm[];
const clock = (): number => 0;

/** Mislabelled keys (346, 347, 350, 351), and leniencies (372, 373): refusing them is right, says the data's own note. */
const RIGHTLY_REFUSED = [346, 347, 350, 351, 372, 373];

function sourceOf(group: Vectors['testGroups'][number]): KeySource {
  return group.private?.kty === 'oct'
    ? createSecretKeySource({
        secretArn: 'vector',
        algorithms: all.filter(isSymmetric),
        kid: undefined,
        clock,
        readSecret: async (_, stage) => (stage === 'AWSCURRENT' ? JSON.stringify(group.private) : undefined),
      })
    : createJwksKeySource({
        jwksUri: 'https://vector.example/',
        algorithms: all.filter((name) => !isSymmetric(name)),
        clock,
        fetch: async () => ({ status: 200, body: Buffer.from(JSON.stringify({ keys: [group.public] })) }),
      });
}

async function accepts(jws: unknown, source: KeySource): Promise<boolean> {
  try {
    await verifySignature(readCompactJws(jws as string), source);
    return true;
  } catch {
    return false;
  }
}

describeWithData('Wycheproof’s JSON Web Signature vectors', () => {
  const judged: { readonly vector: Vector; readonly isAccepted: boolean }[] = [];

  beforeAll(async () => {
    for (const group of vectors?.testGroups ?? []) {
      const source = sourceOf(group);
      for (const vector of group.tests) {
        judged.push({ vector, isAccepted: await accepts(vector.jws, source) });
      }
    }
    const valid = judged.filter(({ vector }) => vector.result === 'valid');
    process.stdout.write(
      `Wycheproof: ${judged.length} vectors, ${valid.filter(({ isAccepted }) => isAccepted).length} of ${valid.length} valid ones accepted\n`,
    );
  });

  it('are all there', () => {
    expect(judged).toHaveLength(401);
  });

  it('are never accepted when they are invalid, but for copies of a valid one', () => {
    const valid = new Set(
      judged.filter(({ vector }) => vector.result === 'valid').map(({ vector }) => vector.jws),
    );
    const unsafe = judged.filter(({ vector, isAccepted }) => isAccepted && vector.result === 'invalid');
    expect(unsafe.filter(({ vector }) => !valid.has(vector.jws)).map(({ vector }) => vector.tcId)).toEqual(
      [],
    );
  });

  it('are accepted when they are valid, but for those that are rightly refused', () => {
    const refused = judged.filter(({ vector, isAccepted }) => !isAccepted && vector.result === 'valid');
    expect(refused.map(({ vector }) => vector.tcId)).toEqual(RIGHTLY_REFUSED);
  });
});
