import { isObject } from '../json.ts';
import { below } from '../template.ts';
import { argumentList, badCall, resolveList, resolveText } from './evaluation.ts';
import type { Intrinsic } from './evaluation.ts';

/** `Fn::Select`: [index, list]. The index may be text that is a number. */
export const select: Intrinsic = (argument, at, evaluation) => {
  const [position, list] = argumentList(argument, 2, at);
  const text = resolveText(position, below(at, 0), evaluation);
  const elements = resolveList(list, below(at, 1), evaluation);
  const index = /^\d+$/.test(text) ? Number(text) : -1;
  const element = elements[index];
  if (element === undefined) {
    throw badCall(at, `Fn::Select asks for element ${text} of ${elements.length}`);
  }
  return element;
};

/** `Fn::Length`: the number of elements of a list. */
export const length: Intrinsic = (argument, at, evaluation) => resolveList(argument, at, evaluation).length;

/**
 * `Fn::GetAZs`: the zones of a region. The host has none; it names three, as most regions have at least.
 */
export const getAzs: Intrinsic = (argument, at, evaluation) => {
  const named = resolveText(argument, at, evaluation);
  const region = named === '' ? resolveText({ Ref: 'AWS::Region' }, at, evaluation) : named;
  return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
};

/** `Fn::FindInMap`: [map, first key, second key], each of which may be a reference. */
export const findInMap: Intrinsic = (argument, at, evaluation) => {
  const keys = argumentList(argument, 3, at).map((key, index) =>
    resolveText(key, below(at, index), evaluation),
  );
  let found: unknown = at.stack.template.mappings;
  for (const key of keys) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  if (typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') return found;
  if (Array.isArray(found)) return found as readonly string[];
  throw badCall(at, `Mappings has no ${keys.join('.')}`);
};
