import { below } from '../template.ts';
import { argumentList, badCall, resolveText } from './evaluation.ts';
import type { Intrinsic } from './evaluation.ts';

/** `Ref`: a parameter, a pseudo parameter or a resource's physical id. */
export const ref: Intrinsic = (argument, at, evaluation) => {
  if (typeof argument !== 'string') throw badCall(at, 'Ref takes a name');
  return evaluation.reference(argument, at);
};

/** `Fn::GetAtt`: [logical id, attribute], or `LogicalId.Attribute` as one text. */
export const getAtt: Intrinsic = (argument, at, evaluation) => {
  const parts = typeof argument === 'string' ? splitAtFirstDot(argument) : argumentList(argument, 2, at);
  const [logicalId, attribute = null] = parts;
  if (typeof logicalId !== 'string') throw badCall(at, 'Fn::GetAtt takes a logical id and an attribute');
  return evaluation.attribute({ logicalId, attribute: resolveText(attribute, below(at, 1), evaluation) }, at);
};

/** `Fn::ImportValue`: the value of another stack's export. */
export const importValue: Intrinsic = (argument, at, evaluation) =>
  evaluation.imported(resolveText(argument, at, evaluation), at);

function splitAtFirstDot(text: string): readonly string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
