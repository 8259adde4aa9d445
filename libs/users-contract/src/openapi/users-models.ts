import { namedSchemas } from '../schemas/named-schemas.ts';
import { usersContract } from '../users-contract.ts';
import {
  createRequestModels,
  createRequiredParameters,
  type RequestModel,
  type RequiredParameters,
} from './request-models.ts';

/** The users API's request models, for a REST API in front of it. */
export const usersModels: readonly RequestModel[] = createRequestModels(usersContract, namedSchemas);

/** The users API's required query and header parameters. */
export const usersRequiredParameters: readonly RequiredParameters[] = createRequiredParameters(usersContract);
