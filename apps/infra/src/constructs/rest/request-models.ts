import { CfnModel, type IModel, type IRequestValidator, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Operation, RequestModel } from '../../contract/operation.ts';

/** What a method needs for its requests to be checked before the function is called. */
export interface RequestChecks {
  readonly requestValidator?: IRequestValidator;
  readonly requestModels?: Record<string, IModel>;
}

/** Models and validators of a REST API, made from the contract's schemas as methods ask for them. */
export class RequestModels extends Construct {
  readonly #api: RestApi;
  readonly #models = new Map<string, IModel>();
  readonly #validators = new Map<string, IRequestValidator>();

  constructor(scope: Construct, id: string, api: RestApi) {
    super(scope, id);
    this.#api = api;
  }

  checksOf({ input }: Operation): RequestChecks {
    const body = input?.body;
    const hasParameters = input !== undefined && input.requiredParameters.length > 0;
    if (body === undefined && !hasParameters) return {};
    return {
      requestValidator: this.#validator(body !== undefined, hasParameters),
      ...(body !== undefined && {
        requestModels: Object.fromEntries(
          body.contentTypes.map((contentType) => [contentType, this.#model(body)]),
        ),
      }),
    };
  }

  #model({ name, schema }: RequestModel): IModel {
    const known = this.#models.get(name);
    if (known !== undefined) return known;
    const resource = new CfnModel(this, name, {
      restApiId: this.#api.restApiId,
      name,
      contentType: 'application/json',
      schema,
    });
    // A deployment is a snapshot: another schema makes another one.
    this.#api.latestDeployment?.addToLogicalId({ [name]: schema });
    const model = { modelId: resource.ref };
    this.#models.set(name, model);
    return model;
  }

  #validator(body: boolean, parameters: boolean): IRequestValidator {
    const name = [body && 'body', parameters && 'parameters'].filter((part) => part !== false).join('-and-');
    const known = this.#validators.get(name);
    if (known !== undefined) return known;
    const validator = this.#api.addRequestValidator(name, {
      requestValidatorName: name,
      validateRequestBody: body,
      validateRequestParameters: parameters,
    });
    this.#validators.set(name, validator);
    return validator;
  }
}
