import * as v from 'valibot';

export const helloQuerySchema = v.object({
  name: v.exactOptional(
    v.pipe(v.string(), v.maxLength(100), v.description('Who is greeted; World when absent or empty.')),
  ),
});

export const helloSchema = v.strictObject({
  message: v.pipe(v.string(), v.description('`Hello, <name>!`')),
  path: v.pipe(v.string(), v.description('Path of the request, below the stage.')),
  method: v.pipe(v.string(), v.description('Method of the request.')),
});
