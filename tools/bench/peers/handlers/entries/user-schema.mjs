import { email, maxLength, minLength, object, pipe, safeParse, string } from 'valibot';

const schema = object({ email: pipe(string(), email()), name: pipe(string(), minLength(1), maxLength(100)) });

/** The input of POST /users, or undefined: the same check for every peer that has none of its own. */
export function parseUser(input) {
  const result = safeParse(schema, input);
  return result.success ? result.output : undefined;
}

export const ORIGIN = 'https://app.example.com';
export const ALLOWED_HEADERS = 'authorization, content-type';
