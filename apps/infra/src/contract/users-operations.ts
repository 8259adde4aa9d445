import { usersContract } from '@gatehouse/users-contract';
import { usersModels, usersRequiredParameters } from '@gatehouse/users-contract/openapi';
import { type Operation, type OperationInput, operationsOf } from './operation.ts';

/** The operations of the users contract, with what a REST API can check of their requests. */
export function usersOperations(): readonly Operation[] {
  const inputs: Record<string, OperationInput> = {};
  for (const { operationId, names } of usersRequiredParameters) {
    inputs[operationId] = { requiredParameters: names };
  }
  for (const { operationId, ...body } of usersModels) {
    inputs[operationId] = { requiredParameters: [], ...inputs[operationId], body };
  }
  return operationsOf(usersContract, inputs);
}
