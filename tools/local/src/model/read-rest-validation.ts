import { isObject } from '../assembly/json.ts';
import type { Json } from '../assembly/json.ts';
import { LocalError } from '../errors.ts';
import type { RequestValidationModel } from './app-model.ts';
import type { Properties } from './properties.ts';
import type { ModelResource } from './resource-set.ts';

/** The models of a REST API: JSON schemas by name. */
export function readRestModels(models: readonly ModelResource[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(models.map((model) => [model.id, readSchema(model.properties)]));
}

/**
 * What a method's request validator checks.
 *
 * @param validators those of the API.
 * @throws LocalError MODEL_INVALID when the method names a validator that the API does not have.
 */
export function readValidation(
  method: Properties,
  validators: readonly ModelResource[],
): RequestValidationModel | undefined {
  const id = method.text('RequestValidatorId');
  if (id === undefined) return undefined;
  const validator = validators.find((candidate) => candidate.id === id)?.properties;
  if (validator === undefined) {
    throw new LocalError(
      'MODEL_INVALID',
      `${method.path}.RequestValidatorId: the API has no validator ${id}.`,
      {
        path: `${method.path}.RequestValidatorId`,
      },
    );
  }
  const required = Object.entries(method.textMap('RequestParameters'))
    .filter(([, isRequired]) => isRequired === 'true')
    .map(([name]) => name);
  return {
    requiredParameters: validator.boolean('ValidateRequestParameters') === true ? required : [],
    bodyModels: validator.boolean('ValidateRequestBody') === true ? method.textMap('RequestModels') : {},
  };
}

/** An object, or its JSON as text. */
function readSchema(properties: Properties): Json {
  const schema = properties.json('Schema') ?? {};
  if (typeof schema !== 'string') return schema;
  try {
    const parsed: unknown = JSON.parse(schema);
    if (isObject(parsed)) return parsed;
  } catch {
    // Said below.
  }
  throw new LocalError('MODEL_INVALID', `${properties.path}.Schema: not a JSON object.`, {
    path: `${properties.path}.Schema`,
  });
}
