import * as v from 'valibot';
import { InfraError } from '../errors.ts';
import { changeSettings } from './change-settings.ts';
import { contradictions } from './contradictions.ts';
import { type Environment, environmentSchema } from './environment.ts';

const NAME = /^[a-z][a-z0-9-]{1,15}$/;

/**
 * Checks one entry of the table.
 *
 * @throws InfraError `INFRA_ENVIRONMENT_INVALID`, with one problem per wrong field, each at its dotted path
 *   (`prod.authorizer.ttlSeconds`).
 */
export function parseEnvironment(name: string, settings: unknown): Environment {
  if (!NAME.test(name)) {
    throw new InfraError('INFRA_ENVIRONMENT_INVALID', [
      { at: name, message: 'an environment is named by 2 to 16 lower-case letters, digits and dashes' },
    ]);
  }
  const result = v.safeParse(environmentSchema, settings);
  if (!result.success) {
    throw new InfraError(
      'INFRA_ENVIRONMENT_INVALID',
      result.issues.map((issue) => ({
        at: [name, v.getDotPath(issue)].filter((part) => part !== null).join('.'),
        message: issue.message,
      })),
    );
  }
  const environment = { name, ...result.output };
  const problems = contradictions(environment);
  if (problems.length > 0) throw new InfraError('INFRA_ENVIRONMENT_INVALID', problems);
  return environment;
}

/**
 * @param change applied to the entry before it is checked.
 * @throws InfraError `INFRA_ENVIRONMENT_UNKNOWN` when the table has no such name, `INFRA_ENVIRONMENT_INVALID`
 *   when its entry is wrong.
 */
export function findEnvironment(
  table: Readonly<Record<string, unknown>>,
  name: string,
  change: Readonly<Record<string, unknown>> = {},
): Environment {
  if (!Object.hasOwn(table, name)) {
    throw new InfraError('INFRA_ENVIRONMENT_UNKNOWN', [
      { at: name, message: `the table has ${Object.keys(table).join(', ')}` },
    ]);
  }
  return parseEnvironment(name, changeSettings(table[name], change));
}
