import type { ParameterModel } from '../../model/app-model.ts';
import { AwsError, validationError } from './aws-error.ts';

/** Reads of Parameter Store, one version of each parameter. */
export interface ParameterStore {
  /** @throws AwsError ParameterNotFound, ValidationException */
  getParameter(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  getParameters(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  getParametersByPath(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

export interface ParameterStoreOptions {
  readonly parameters: readonly ParameterModel[];
  /** `arn:aws:ssm:region:account:parameter`. */
  readonly arnPrefix: string;
  /** Epoch seconds. */
  readonly modifiedAt: number;
}

const largestPage = 10;

/**
 * A store of the assembly's parameters. Pages of `GetParametersByPath` hold ten, as the service's do, with the next
 * index as the token.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export function createParameterStore({
  parameters,
  arnPrefix,
  modifiedAt,
}: ParameterStoreOptions): ParameterStore {
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const toAnswer = ({ name, type, value }: ParameterModel): Readonly<Record<string, unknown>> => ({
    ARN: `${arnPrefix}${name.startsWith('/') ? '' : '/'}${name}`,
    DataType: 'text',
    LastModifiedDate: modifiedAt,
    Name: name,
    Type: type,
    Value: value,
    Version: 1,
  });
  const find = (asked: string): ParameterModel | undefined => {
    const name = asked.startsWith('arn:')
      ? asked.slice(asked.indexOf(':parameter') + ':parameter'.length)
      : asked;
    const unversioned = name.replace(/:1$/, '');
    return byName.get(unversioned) ?? byName.get(unversioned.replace(/^\//, ''));
  };

  return {
    getParameter(input) {
      const name = input['Name'];
      if (typeof name !== 'string') throw validationError('Name is missing.');
      const found = find(name);
      if (found === undefined) throw new AwsError('ParameterNotFound', '');
      return { Parameter: toAnswer(found) };
    },
    getParameters(input) {
      const names = input['Names'];
      if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
        throw validationError('Names is missing.');
      }
      const found = names.map((name) => [name, find(name)] as const);
      return {
        Parameters: found.flatMap(([, parameter]) => (parameter === undefined ? [] : [toAnswer(parameter)])),
        InvalidParameters: found.filter(([, parameter]) => parameter === undefined).map(([name]) => name),
      };
    },
    getParametersByPath(input) {
      const path = input['Path'];
      if (typeof path !== 'string' || !path.startsWith('/')) {
        throw validationError('The parameter path must begin with a slash.');
      }
      const prefix = path.endsWith('/') ? path : `${path}/`;
      const below = [...byName.values()]
        .filter(({ name }) => name.startsWith(prefix))
        .filter(({ name }) => input['Recursive'] === true || !name.slice(prefix.length).includes('/'));
      const start = Number(input['NextToken'] ?? 0);
      const size = Math.min(Number(input['MaxResults'] ?? largestPage), largestPage);
      const end = start + size;
      return {
        Parameters: below.slice(start, end).map(toAnswer),
        ...(end < below.length ? { NextToken: String(end) } : {}),
      };
    },
  };
}
