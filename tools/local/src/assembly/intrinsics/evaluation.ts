import { LocalError } from '../../errors.ts';
import { isScalar } from '../json.ts';
import type { Json } from '../json.ts';
import { formatPosition } from '../template.ts';
import type { Position } from '../template.ts';

/** What an intrinsic function may ask for while it is evaluated. `undefined` is `AWS::NoValue`. */
export interface Evaluation {
  resolve(value: Json, at: Position): Json | undefined;
  /** A parameter, pseudo parameter or resource of the stack at hand. */
  reference(name: string, at: Position): Json | undefined;
  attribute(target: { readonly logicalId: string; readonly attribute: string }, at: Position): Json;
  /** Whether the named condition of the stack holds. */
  condition(name: string, at: Position): boolean;
  /** The value that another stack exports by this name. */
  imported(exportName: string, at: Position): Json;
}

/** One intrinsic function: from its argument, as it stands in the template, to its value. */
export type Intrinsic = (argument: Json, at: Position, evaluation: Evaluation) => Json | undefined;

/** The error of a call that has the wrong arguments. */
export function badCall(at: Position, problem: string): LocalError {
  return new LocalError('TEMPLATE_INTRINSIC', `${formatPosition(at)}: ${problem}.`, {
    path: formatPosition(at),
  });
}

/** Resolves a value that has to be text; numbers and booleans become text, as CloudFormation does. */
export function resolveText(value: Json | undefined, at: Position, evaluation: Evaluation): string {
  const resolved = value === undefined ? undefined : evaluation.resolve(value, at);
  if (!isScalar(resolved)) throw badCall(at, 'expected text here');
  return String(resolved);
}

/** Resolves a value that has to be a list. A list's elements without a value are left out. */
export function resolveList(value: Json | undefined, at: Position, evaluation: Evaluation): readonly Json[] {
  const resolved = value === undefined ? undefined : evaluation.resolve(value, at);
  if (!Array.isArray(resolved)) throw badCall(at, 'expected a list here');
  return resolved as readonly Json[];
}

/** The arguments of a function that takes a list of a fixed length. */
export function argumentList(argument: Json, count: number, at: Position): readonly Json[] {
  if (!Array.isArray(argument) || argument.length !== count) {
    throw badCall(at, `expected a list of ${count} arguments`);
  }
  return argument as readonly Json[];
}
