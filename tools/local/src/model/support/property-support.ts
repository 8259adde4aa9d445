/**
 * What the host does with each property of the types that it simulates: `used` properties change what it does,
 * `harmless` ones change nothing that a function or a caller on one machine could see. Every other property is listed
 * as unsupported when a template has it.
 */
export type PropertySupport = 'used' | 'harmless' | { readonly [property: string]: PropertySupport };

/** Resource types with the support of their properties. */
export type TypeSupport = readonly (readonly [string, Readonly<Record<string, PropertySupport>>])[];

/** Tags change nothing. */
export const tags = { Tags: 'harmless' } as const;

/** CORS, as HTTP APIs and function URLs declare it. */
export const cors = {
  AllowCredentials: 'used',
  AllowHeaders: 'used',
  AllowMethods: 'used',
  AllowOrigins: 'used',
  ExposeHeaders: 'used',
  MaxAge: 'used',
} as const;
