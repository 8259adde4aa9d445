import type { ValidateFunction } from 'ajv';
import type { RestApiModel } from '../../model/app-model.ts';

/** Whether a JSON value is what a model describes. Throws when the model itself cannot be used. */
export type BodyValidator = (modelName: string, value: unknown) => Promise<boolean>;

/** Compiles an API's models (JSON schema draft 4) when one is first needed: ajv costs some 50 ms to load. */
export function createBodyValidator(api: RestApiModel): BodyValidator {
  let loading: Promise<(name: string) => ValidateFunction | undefined> | undefined;
  return async (modelName, value) => {
    const find = await (loading ??= loadModels(api));
    const validate = find(modelName);
    if (validate === undefined) throw new Error(`the API has no model ${modelName}`);
    return validate(value);
  };
}

async function loadModels(api: RestApiModel): Promise<(name: string) => ValidateFunction | undefined> {
  const [{ default: Ajv }, { default: addFormats }] = await Promise.all([
    import('ajv-draft-04'),
    import('ajv-formats'),
  ]);
  const ajv = new Ajv({ strict: false, logger: false, validateSchema: false });
  addFormats(ajv);
  // Not validated here: a model that cannot be used breaks the methods that use it, and no other.
  for (const [name, schema] of Object.entries(api.models ?? {})) {
    ajv.addSchema(withoutDialect(schema), modelUrl(api, name));
  }
  return (name) => ajv.getSchema(modelUrl(api, name));
}

/** How models refer to each other: `{"$ref": "https://apigateway.amazonaws.com/restapis/{id}/models/{name}"}`. */
function modelUrl(api: RestApiModel, name: string): string {
  return `https://apigateway.amazonaws.com/restapis/${api.id}/models/${name}`;
}

/** The service reads every model as draft 4, whatever `$schema` says; an `id` would move its references. */
function withoutDialect(schema: unknown): object | boolean {
  if (typeof schema === 'boolean') return schema;
  const { $schema: _dialect, id: _id, ...rest } = { ...(schema as Record<string, unknown>) };
  return rest;
}
