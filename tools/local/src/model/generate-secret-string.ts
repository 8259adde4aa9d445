import { isObject } from '../assembly/json.ts';
import { LocalError } from '../errors.ts';
import type { Properties } from './properties.ts';

/** A random whole number from 0 up to, and without, `limit`. */
export type RandomInt = (limit: number) => number;

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const uppercase = lowercase.toUpperCase();
const digits = '0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * Carries out `GenerateSecretString`: a password, or a JSON template with the password under a key.
 *
 * @throws LocalError MODEL_INVALID when the template is no JSON object, or every character is excluded.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
 */
export function generateSecretString(generate: Properties, randomInt: RandomInt): string {
  const password = generatePassword(generate, randomInt);
  const template = generate.text('SecretStringTemplate');
  const key = generate.text('GenerateStringKey');
  if (template === undefined || key === undefined) return password;
  const parsed = parseObject(template, generate.path);
  return JSON.stringify({ ...parsed, [key]: password });
}

function generatePassword(generate: Properties, randomInt: RandomInt): string {
  const length = generate.number('PasswordLength') ?? 32;
  const excluded = generate.text('ExcludeCharacters') ?? '';
  const kinds = [
    generate.boolean('ExcludeLowercase') === true ? '' : lowercase,
    generate.boolean('ExcludeUppercase') === true ? '' : uppercase,
    generate.boolean('ExcludeNumbers') === true ? '' : digits,
    generate.boolean('ExcludePunctuation') === true ? '' : punctuation,
    generate.boolean('IncludeSpace') === true ? ' ' : '',
  ]
    .map((kind) =>
      Array.from(kind)
        .filter((character) => !excluded.includes(character))
        .join(''),
    )
    .filter((kind) => kind !== '');
  const all = kinds.join('');
  if (all === '') {
    throw new LocalError('MODEL_INVALID', `${generate.path}: every character is excluded.`, {
      path: generate.path,
    });
  }
  const pick = (characters: string): string => characters.charAt(randomInt(characters.length));
  const required = (generate.boolean('RequireEachIncludedType') ?? true) ? kinds.map(pick) : [];
  const rest = Array.from({ length: Math.max(0, length - required.length) }, () => pick(all));
  return shuffle([...required, ...rest].slice(0, length), randomInt).join('');
}

/** Fisher and Yates, so that the required characters do not stand in front. */
function shuffle(characters: readonly string[], randomInt: RandomInt): readonly string[] {
  const shuffled = [...characters];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = randomInt(last + 1);
    [shuffled[last], shuffled[chosen]] = [shuffled[chosen] ?? '', shuffled[last] ?? ''];
  }
  return shuffled;
}

function parseObject(text: string, path: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  if (isObject(parsed)) return parsed;
  throw new LocalError('MODEL_INVALID', `${path}.SecretStringTemplate: not a JSON object.`, {
    path: `${path}.SecretStringTemplate`,
  });
}
