/** Something to measure: each call is one sample, usually of a fresh process. */
export interface Candidate<Sample> {
  readonly name: string;
  measure(): Promise<Sample>;
}

/**
 * Measures every candidate once a round, turning the order at each round, so that a noisy minute of the machine
 * falls on all of them alike.
 */
export async function interleave<Sample>(
  candidates: readonly Candidate<Sample>[],
  rounds: number,
): Promise<Map<string, Sample[]>> {
  const samples = new Map<string, Sample[]>(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? candidates : [...candidates].reverse();
    for (const candidate of order) samples.get(candidate.name)?.push(await candidate.measure());
  }
  return samples;
}
