import type { Place } from './pseudo-parameters.ts';
import type { Position } from './template.ts';

/** What a resolver is told from outside of the assembly. */
export interface ResolverOptions {
  readonly place: Place;
  /** Values for template parameters, by `Stack:Name` or `Name`; they win over defaults. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The text of a secret by name or ARN, for dynamic references. */
  readonly secretText: (id: string, at: Position) => string | undefined;
}
