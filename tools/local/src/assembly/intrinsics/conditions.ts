import { isObject } from '../json.ts';
import type { Json } from '../json.ts';
import { below } from '../template.ts';
import type { Position } from '../template.ts';
import { argumentList, badCall } from './evaluation.ts';
import type { Evaluation, Intrinsic } from './evaluation.ts';

/** `Fn::If`: [condition, value if true, value if false]. The branch not taken is not looked at. */
export const ifThenElse: Intrinsic = (argument, at, evaluation) => {
  const [name, whenTrue, whenFalse] = argumentList(argument, 3, at);
  if (typeof name !== 'string') throw badCall(below(at, 0), 'the first argument of Fn::If is not a name');
  const index = evaluation.condition(name, below(at, 0)) ? 1 : 2;
  return evaluation.resolve((index === 1 ? whenTrue : whenFalse) ?? null, below(at, index));
};

/**
 * Evaluates a condition: Fn::Equals, Fn::And, Fn::Or, Fn::Not and {Condition: name}.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function evaluateCondition(
  condition: Json | undefined,
  at: Position,
  evaluation: Evaluation,
): boolean {
  if (!isObject(condition) || Object.keys(condition).length !== 1) {
    throw badCall(at, 'a condition is an object with one function');
  }
  const [name, argument = null] = Object.entries(condition)[0] ?? [];
  const inner = below(at, name ?? '');
  switch (name) {
    case 'Condition':
      if (typeof argument !== 'string') throw badCall(inner, 'Condition takes a name');
      return evaluation.condition(argument, inner);
    case 'Fn::Equals': {
      const [left, right] = argumentList(argument, 2, inner);
      return comparable(left, inner, evaluation) === comparable(right, inner, evaluation);
    }
    case 'Fn::Not': {
      const [only] = argumentList(argument, 1, inner);
      return !evaluateCondition(only, inner, evaluation);
    }
    case 'Fn::And':
      return operands(argument, inner).every((operand) => evaluateCondition(operand, inner, evaluation));
    case 'Fn::Or':
      return operands(argument, inner).some((operand) => evaluateCondition(operand, inner, evaluation));
    default:
      throw badCall(at, `${name ?? ''} is not a condition function`);
  }
}

/** CloudFormation takes two to ten operands. */
function operands(argument: Json, at: Position): readonly Json[] {
  if (!Array.isArray(argument) || argument.length < 2 || argument.length > 10) {
    throw badCall(at, 'expected a list of 2 to 10 conditions');
  }
  return argument as readonly Json[];
}

/** Scalars are compared as text (`true` equals `"true"`), lists and objects by their JSON. */
function comparable(value: Json | undefined, at: Position, evaluation: Evaluation): string {
  const resolved = evaluation.resolve(value ?? null, at);
  return typeof resolved === 'object' ? JSON.stringify(resolved) : String(resolved);
}
