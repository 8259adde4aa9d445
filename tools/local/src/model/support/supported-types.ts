import { apiGatewayTypes } from './api-gateway-types.ts';
import { functionAndDataTypes } from './function-and-data-types.ts';
import type { PropertySupport } from './property-support.ts';

/** The types that the host simulates, with their properties. */
export const supportedTypes: ReadonlyMap<string, Readonly<Record<string, PropertySupport>>> = new Map([
  ...functionAndDataTypes,
  ...apiGatewayTypes,
]);
