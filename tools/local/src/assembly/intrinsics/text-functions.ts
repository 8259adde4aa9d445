import { Buffer } from 'node:buffer';
import { isObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { below } from '../template.ts';
import { argumentList, badCall, resolveList, resolveText } from './evaluation.ts';
import type { Evaluation, Intrinsic } from './evaluation.ts';
import type { Position } from '../template.ts';

/** `Fn::Join`: [separator, list]. Numbers and booleans in the list become text. */
export const join: Intrinsic = (argument, at, evaluation) => {
  const [separator, list] = argumentList(argument, 2, at);
  if (typeof separator !== 'string') throw badCall(below(at, 0), 'the separator of Fn::Join is not text');
  const parts = resolveList(list, below(at, 1), evaluation);
  return parts
    .map((part, index) => resolveText(part, below(below(at, 1), index), evaluation))
    .join(separator);
};

/** `Fn::Split`: [separator, text]. */
export const split: Intrinsic = (argument, at, evaluation) => {
  const [separator, text] = argumentList(argument, 2, at);
  if (typeof separator !== 'string' || separator === '') {
    throw badCall(below(at, 0), 'the separator of Fn::Split is not text or is empty');
  }
  return resolveText(text, below(at, 1), evaluation).split(separator);
};

/** `Fn::Base64`: text to base64 of its UTF-8 bytes. */
export const base64: Intrinsic = (argument, at, evaluation) =>
  Buffer.from(resolveText(argument, at, evaluation), 'utf8').toString('base64');

/** `Fn::ToJsonString`: an object or list as JSON text, in the order in which its members are written. */
export const toJsonString: Intrinsic = (argument, at, evaluation) => {
  const resolved = evaluation.resolve(argument, at);
  if (typeof resolved !== 'object' || resolved === null) {
    throw badCall(at, 'Fn::ToJsonString takes an object or a list');
  }
  return JSON.stringify(resolved);
};

/**
 * `Fn::Sub`: `${Name}`, `${Resource.Attribute}` and `${!Literal}`, with an optional map of names of its own.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export const sub: Intrinsic = (argument, at, evaluation) => {
  const { text, names } = subArguments(argument, at);
  return text.replaceAll(/\$\{(!?)([^}]*)\}/g, (_whole, bang: string, name: string) =>
    bang === '!' ? `\${${name}}` : substitute(name.trim(), names, { at, evaluation }),
  );
};

/** The names that a Fn::Sub text refers to, without those that are written `${!...}`. */
export function namesInSub(text: string): string[] {
  return [...text.matchAll(/\$\{([^}!][^}]*)\}/g)].map((match) => (match[1] ?? '').trim());
}

function subArguments(argument: Json, at: Position): { readonly text: string; readonly names: JsonObject } {
  if (typeof argument === 'string') return { text: argument, names: {} };
  const [text, names] = argumentList(argument, 2, at);
  if (typeof text !== 'string') throw badCall(below(at, 0), 'the first argument of Fn::Sub is not text');
  if (!isObject(names)) throw badCall(below(at, 1), 'the second argument of Fn::Sub is not an object');
  return { text, names };
}

function substitute(
  name: string,
  names: JsonObject,
  { at, evaluation }: { readonly at: Position; readonly evaluation: Evaluation },
): string {
  if (Object.hasOwn(names, name)) return resolveText(names[name], below(below(at, 1), name), evaluation);
  const dot = name.indexOf('.');
  const value =
    dot < 0
      ? evaluation.reference(name, at)
      : evaluation.attribute({ logicalId: name.slice(0, dot), attribute: name.slice(dot + 1) }, at);
  if (value === undefined) throw badCall(at, `\${${name}} has no value`);
  return resolveText(value, at, evaluation);
}
