import type { Operation } from '../contract/operation.ts';
import { changeSettings } from '../environments/change-settings.ts';
import type { Environment } from '../environments/environment.ts';
import { environments } from '../environments/environments.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { InfraError } from '../errors.ts';
import { assertServable } from '../fronts/assert-servable.ts';
import { type Assignment, coverPairs } from './cover-pairs.ts';
import { environmentOptions, type Option } from './options.ts';

export interface CoveringEnvironments {
  /** Environments that synth accepts, with each pair of option values between them that it accepts at all. */
  readonly accepted: readonly CoveringEnvironment[];
  readonly coveredPairs: number;
  readonly refused: readonly Refusal[];
}

export interface CoveringEnvironment {
  readonly assignment: Assignment;
  readonly environment: Environment;
}

/** A pair of option values that synth refuses. */
export interface Refusal {
  /** `fronts=url, WAF=on`. */
  readonly pair: string;
  /** The first refusal whose problems are all at fields of the two options; unset where there is none. */
  readonly refusal: InfraError | undefined;
}

/** The options' environments are all called dev, so that a template that an option does not change is the same to the letter. */
const NAME = 'dev';

/** Few environments, derived from dev, that have every pair of option values which a contract's operations allow. */
export function coveringEnvironments(operations: readonly Operation[]): CoveringEnvironments {
  const scoped = operations.filter(({ access }) => access.kind === 'scopes').map(({ id }) => id);
  const options: Readonly<Record<string, Option>> = environmentOptions(scoped);
  const settingsOf = (assignment: Assignment) =>
    Object.entries(assignment)
      .map(([option, value]) => options[option]?.[value] ?? {})
      .filter((change) => Object.keys(change).length > 0)
      .reduce<unknown>((settings, change) => changeSettings(settings, change), environments.dev);
  const refusalOf = (assignment: Assignment): InfraError | undefined => {
    try {
      assertServable(parseEnvironment(NAME, settingsOf(assignment)), operations);
      return undefined;
    } catch (error) {
      if (error instanceof InfraError) return error;
      throw error;
    }
  };
  const values = mapValues(options, (option) => Object.keys(option));
  const allFields = mapValues(options, (option) => Object.values(option).flatMap(fieldsOf));
  const { assignments, coveredPairs, refusedPairs } = coverPairs(
    values,
    (assignment) => refusalOf(assignment) === undefined,
  );
  return {
    accepted: assignments.map((assignment) => ({
      assignment,
      environment: parseEnvironment(NAME, settingsOf(assignment)),
    })),
    coveredPairs,
    refused: refusedPairs.map(({ pair, tried }) => ({
      pair: pair.map(({ option, value }) => `${option}=${value}`).join(', '),
      refusal: firstDefined(tried, (assignment) => {
        const fields = pair.flatMap(({ option }) => allFields[option] ?? []);
        const refusal = refusalOf(assignment);
        const isOfThePair = refusal?.problems.every(({ at }) =>
          fields.some((field) => isRelated(at, `${NAME}.${field}`)),
        );
        return isOfThePair === true ? refusal : undefined;
      }),
    })),
  };
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  toResult: (value: T) => R,
): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, toResult(value)]));
}

function firstDefined<T, R>(list: readonly T[], toResult: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const result = toResult(item);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** Dotted paths of what a change sets: `authorizer.ttlSeconds`. */
export function fieldsOf(change: unknown): readonly string[] {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return [];
  return Object.entries(change).flatMap(([name, value]) => {
    const below = fieldsOf(value);
    return below.length === 0 ? [name] : below.map((field) => `${name}.${field}`);
  });
}

/** Whether one dotted path is the other, or lies below it. */
export function isRelated(one: string, other: string): boolean {
  return `${one}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${one}.`);
}
