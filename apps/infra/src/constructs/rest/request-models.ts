import { CfnModel, type IModel, type IRequestValidator, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Operation } from '../../contract/operation.ts';

/** What a method needs for its requests to be checked before the function is called. */
export interface RequestChecks {
  readonly requestValidator?: IRequestValidator;
  readonly requestModels?: Record<string, IModel>;
}

/** Models and validators of a REST API, made from the contract's schemas as methods ask for them. */
export class RequestModels extends Construct {
  readonly #api: RestApi;
  readonly #validators = new Map<string, IRequestValidator>();

  constructor(scope: Construct, id: string, api: RestApi) {
    super(scope, id);
    this.#api = api;
  }

  checksOf({ id, input }: Operation): RequestChecks {
    if (input === undefined) return {};
    const bodies = Object.entries(input.bodies);
    const checksParameters = input.parameters.some(({ required }) => required);
    if (bodies.length === 0 && !checksParameters) return {};
    return {
      requestValidator: this.#validator(bodies.length > 0, checksParameters),
      requestModels: Object.fromEntries(
        bodies.map(([contentType, schema], index) => [
          contentType,
          this.#model(`${id}Body${index || ''}`, contentType, schema),
        ]),
      ),
    };
  }

  #model(name: string, contentType: string, schema: Readonly<Record<string, unknown>>): IModel {
    const modelName = name.replace(/[^A-Za-z0-9]/g, '');
    const model = new CfnModel(this, modelName, {
      restApiId: this.#api.restApiId,
      name: modelName,
      contentType,
      schema,
    });
    // A deployment is a snapshot: another model makes another one.
    this.#api.latestDeployment?.addToLogicalId({ [modelName]: schema });
    return { modelId: model.ref };
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
