import { ifThenElse } from './conditions.ts';
import type { Intrinsic } from './evaluation.ts';
import { findInMap, getAzs, length, select } from './list-functions.ts';
import { getAtt, importValue, ref } from './references.ts';
import { base64, join, split, sub, toJsonString } from './text-functions.ts';

/** The intrinsic functions that have a value. Condition functions stand in Conditions alone (conditions.ts). */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map([
  ['Ref', ref],
  ['Fn::Base64', base64],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAtt', getAtt],
  ['Fn::GetAZs', getAzs],
  ['Fn::If', ifThenElse],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', toJsonString],
]);

/** The name of the intrinsic function that an object calls, or undefined when it is a plain object. */
export function calledFunction(names: readonly string[]): string | undefined {
  const [name] = names;
  if (names.length !== 1 || name === undefined) return undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? name : undefined;
}
