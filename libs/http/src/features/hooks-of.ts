import type { Feature } from './feature.ts';

type HookName = Exclude<keyof Feature, 'name' | 'serves' | 'check'>;

/** One hook of every feature that has it, in order. */
export function hooksOf<Name extends HookName>(
  features: readonly Feature[],
  name: Name,
): readonly NonNullable<Feature[Name]>[] {
  return features.map((feature) => feature[name]).filter((hook) => hook !== undefined);
}
