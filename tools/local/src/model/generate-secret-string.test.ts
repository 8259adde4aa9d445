import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import type { JsonObject } from '../assembly/json.ts';
import { codeOf } from '../assembly/testing/in-memory-assembly.ts';
import { generateSecretString } from './generate-secret-string.ts';
import { createProperties } from './properties.ts';

const generate = (settings: JsonObject): string =>
  generateSecretString(
    createProperties('S', (name) => settings[name]),
    randomInt,
  );

describe('a generated secret', () => {
  it('has 32 characters with one of each kind when nothing is said', () => {
    const text = generate({});
    expect(text).toHaveLength(32);
    expect(text).toMatch(/[a-z]/);
    expect(text).toMatch(/[A-Z]/);
    expect(text).toMatch(/[0-9]/);
    expect(text).toMatch(/[^a-zA-Z0-9]/);
  });

  it('stands under its key in the template', () => {
    const text = generate({
      SecretStringTemplate: '{"kty":"oct","kid":"k1"}',
      GenerateStringKey: 'k',
      PasswordLength: 64,
      ExcludePunctuation: true,
    });
    expect(JSON.parse(text)).toEqual({
      kty: 'oct',
      kid: 'k1',
      k: expect.stringMatching(/^[A-Za-z0-9]{64}$/),
    });
  });

  it('holds no excluded character', () => {
    fc.assert(
      fc.property(
        fc.record({
          PasswordLength: fc.integer({ min: 4, max: 100 }),
          ExcludeCharacters: fc.string({ maxLength: 10 }),
          ExcludeLowercase: fc.boolean(),
          ExcludeNumbers: fc.boolean(),
          ExcludePunctuation: fc.boolean(),
          IncludeSpace: fc.boolean(),
        }),
        (settings) => {
          const text = generate(settings);
          expect(text).toHaveLength(settings.PasswordLength);
          for (const character of settings.ExcludeCharacters) expect(text).not.toContain(character);
          if (settings.ExcludeLowercase) expect(text).not.toMatch(/[a-z]/);
          if (settings.ExcludeNumbers) expect(text).not.toMatch(/\d/);
          if (!settings.IncludeSpace) expect(text).not.toContain(' ');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('from nothing, or into what is no template, is refused', () => {
    const none = {
      ExcludeLowercase: true,
      ExcludeUppercase: true,
      ExcludeNumbers: true,
      ExcludePunctuation: true,
    };
    expect(codeOf(() => generate(none))).toBe('MODEL_INVALID');
    expect(codeOf(() => generate({ SecretStringTemplate: '[', GenerateStringKey: 'k' }))).toBe(
      'MODEL_INVALID',
    );
  });
});
