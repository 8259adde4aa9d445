import type { Json } from './json.ts';
import { shortHash } from './short-hash.ts';
import type { StackScope } from './template.ts';

/** Where the host pretends to run. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

const urlSuffixes: Readonly<Record<string, string>> = { aws: 'amazonaws.com', 'aws-cn': 'amazonaws.com.cn' };

/**
 * CloudFormation's pseudo parameters of a stack. `AWS::NoValue` is undefined.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function pseudoParameters(stack: StackScope, place: Place): ReadonlyMap<string, Json | undefined> {
  return new Map<string, Json | undefined>([
    ['AWS::AccountId', place.accountId],
    ['AWS::NoValue', undefined],
    ['AWS::NotificationARNs', []],
    ['AWS::Partition', place.partition],
    ['AWS::Region', place.region],
    ['AWS::StackId', stackId(stack, place)],
    ['AWS::StackName', stack.name],
    ['AWS::URLSuffix', urlSuffixes[place.partition] ?? 'amazonaws.com'],
  ]);
}

/** A stack's ARN, with a stable id in the form of a UUID. */
export function stackId(stack: StackScope, place: Place): string {
  const digits = shortHash(stack.name, 24).replaceAll(/[g-z]/g, (letter) =>
    String(letter.charCodeAt(0) % 10),
  );
  const uuid = [digits.slice(0, 8), digits.slice(8, 12), '4000', '8000', digits.slice(12, 24)].join('-');
  return `arn:${place.partition}:cloudformation:${place.region}:${place.accountId}:stack/${stack.name}/${uuid}`;
}
