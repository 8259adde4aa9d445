/** A choice of one value for each option, by name. */
export type Assignment = Readonly<Record<string, string>>;

/** The values of each option; the first is its default. */
export type OptionValues = Readonly<Record<string, readonly string[]>>;

/** One value of one option. */
export interface Choice {
  readonly option: string;
  readonly value: string;
}

export type Pair = readonly [Choice, Choice];

export interface Coverage {
  /** Accepted assignments that have each pair between them which any accepted assignment has. */
  readonly assignments: readonly Assignment[];
  readonly coveredPairs: number;
  /** Pairs that no accepted assignment was found for. */
  readonly refusedPairs: readonly RefusedPair[];
}

export interface RefusedPair {
  readonly pair: Pair;
  /** What was tried: the pair with all else at its default, and with choices that helped other pairs. */
  readonly tried: readonly Assignment[];
}

/**
 * Few assignments that cover every pair of values of two options (all-pairs testing). Some values are accepted only beside
 * others: a pair is taken for refused when neither it alone, nor with one further choice, nor with two that helped other
 * pairs, is accepted. The same options give the same assignments.
 *
 * @param isAccepted asked about whole assignments only. It has to accept the defaults.
 */
export function coverPairs(options: OptionValues, isAccepted: (assignment: Assignment) => boolean): Coverage {
  const { witnesses, refusedPairs } = findWitnesses(options, isAccepted);
  const open = new Set(witnesses.keys());
  const assignments: Assignment[] = [];
  for (const [key, witness] of witnesses) {
    if (!open.has(key)) continue;
    const assignment = complete(options, { witness, open, isAccepted });
    for (const covered of pairKeys(assignment)) open.delete(covered);
    assignments.push(assignment);
  }
  return { assignments, coveredPairs: witnesses.size, refusedPairs };
}

/** All pairs, in the options' order. */
export function allPairs(options: OptionValues): readonly Pair[] {
  const names = Object.keys(options);
  return names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .flatMap((other) =>
        choicesOf(options, one).flatMap((first) =>
          choicesOf(options, other).map((second): Pair => [first, second]),
        ),
      ),
  );
}

/** Choices beyond the defaults, of which an accepted assignment with a pair consists. */
type Witness = readonly Choice[];

function findWitnesses(options: OptionValues, isAccepted: (assignment: Assignment) => boolean) {
  const choices = Object.keys(options).flatMap((option) => choicesOf(options, option));
  const accepts = (made: Witness) => isDistinct(made) && isAccepted(assign(options, made));
  const witnesses = new Map<string, Witness>();
  const helpers = new Map<string, Choice>();
  const left: Pair[] = [];
  for (const pair of allPairs(options)) {
    if (accepts(pair)) {
      witnesses.set(pairKey(pair), pair);
      continue;
    }
    // What helped another pair first: it is likely to help this one.
    const helper = [...helpers.values(), ...choices].find((choice) => accepts([...pair, choice]));
    if (helper === undefined) left.push(pair);
    else {
      helpers.set(choiceKey(helper), helper);
      witnesses.set(pairKey(pair), [...pair, helper]);
    }
  }
  const known = [...helpers.values()];
  const twoHelpers = known.flatMap((one, index) => known.slice(index + 1).map((other) => [one, other]));
  const refusedPairs: RefusedPair[] = [];
  for (const pair of left) {
    const tried = [[], ...known.map((choice) => [choice]), ...twoHelpers]
      .map((further) => [...pair, ...further])
      .filter(isDistinct);
    const witness = tried.find(accepts);
    if (witness !== undefined) witnesses.set(pairKey(pair), witness);
    else refusedPairs.push({ pair, tried: tried.map((made) => assign(options, made)) });
  }
  return { witnesses, refusedPairs };
}

/** Gives the options that a witness leaves open, one after the other, the value that covers most of what is still open. */
function complete(
  options: OptionValues,
  {
    witness,
    open,
    isAccepted,
  }: {
    readonly witness: Witness;
    readonly open: ReadonlySet<string>;
    readonly isAccepted: (assignment: Assignment) => boolean;
  },
): Assignment {
  const made: Choice[] = [...witness];
  for (const option of Object.keys(options)) {
    if (made.some((choice) => choice.option === option)) continue;
    const best = choicesOf(options, option)
      .map((choice) => ({
        choice,
        gain: made.filter((other) => open.has(pairKey([choice, other]))).length,
      }))
      .sort((one, other) => other.gain - one.gain)
      .find(({ choice }) => isAccepted(assign(options, [...made, choice])));
    if (best !== undefined) made.push(best.choice);
  }
  return assign(options, made);
}

function choicesOf(options: OptionValues, option: string): readonly Choice[] {
  return (options[option] ?? []).map((value) => ({ option, value }));
}

function assign(options: OptionValues, choices: Witness): Assignment {
  const defaults = Object.keys(options).flatMap((option) => choicesOf(options, option).slice(0, 1));
  return Object.fromEntries([...defaults, ...choices].map(({ option, value }) => [option, value]));
}

function isDistinct(choices: Witness): boolean {
  return new Set(choices.map(({ option }) => option)).size === choices.length;
}

const choiceKey = ({ option, value }: Choice): string => `${option}=${value}`;

/** The same for both orders. */
const pairKey = (pair: Pair): string => pair.map(choiceKey).sort().join(' ');

/** Keys of all pairs that an assignment has. */
function pairKeys(assignment: Assignment): readonly string[] {
  const one = Object.fromEntries(Object.entries(assignment).map(([option, value]) => [option, [value]]));
  return allPairs(one).map(pairKey);
}
