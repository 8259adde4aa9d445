import * as v from 'valibot';

/** A rule on the length of text that can be published: JSON Schema's `maxLength`. */
export interface CodePointLimit {
  readonly maxCodePoints: number;
}

/**
 * Text of at most `most` code points: what `maxLength` of JSON Schema counts (Validation 6.3.1, by RFC 8259's characters).
 * valibot's `maxLength` counts UTF-16 units, by which an emoji is two.
 */
export function maxCodePoints(most: number): v.RawCheckAction<string> & CodePointLimit {
  const check = v.rawCheck<string>(({ dataset, addIssue }) => {
    if (dataset.typed && isLonger(dataset.value, most))
      addIssue({ message: `Longer than ${most} characters.` });
  });
  return { ...check, maxCodePoints: most };
}

/** The limit of an action that `maxCodePoints` made; `undefined` for any other. */
export function codePointLimitOf(action: object): number | undefined {
  return (action as Partial<CodePointLimit>).maxCodePoints;
}

/** A code point is one unit or two: most text is decided without counting, however long it is. */
function isLonger(text: string, most: number): boolean {
  if (text.length <= most || text.length > 2 * most) return text.length > most;
  return Array.from(text).length > most;
}

/**
 * Text that has a UTF-8 form: no surrogate without its other half (Unicode 3.9, D84). JSON can carry one by an escape
 * (RFC 8259 8.2), DynamoDB cannot store it. Means the same with and without the `u` flag, since JSON Schema does not say by which
 * a validator reads patterns.
 */
export const WELL_FORMED = /^[^\ud800-\udfff]*(?:[\ud800-\udbff][\udc00-\udfff][^\ud800-\udfff]*)*$/;

/** The same on one line: something visible, no control characters, no line separators. */
export const ONE_VISIBLE_LINE =
  // eslint-disable-next-line no-control-regex -- control characters are what it refuses
  /^(?=.*\S)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]*(?:[\ud800-\udbff][\udc00-\udfff][^\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]*)*$/;
