import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Codes as the catalogue has them, and as the page on troubleshooting explains them. */
const catalogue = codesIn(join(__dirname, 'errors.ts'), /\| '(CLIENTS_\w+)'/g);
const explained = codesIn(join(__dirname, '../../../docs/troubleshooting.md'), /^\| `(CLIENTS_\w+)`/gm);

function codesIn(file: string, form: RegExp): string[] {
  return [...readFileSync(file, 'utf8').matchAll(form)].map(([, code]) => code ?? '').sort();
}

describe('the codes of this library', () => {
  it('are each named once', () => {
    expect(new Set(catalogue).size).toBe(catalogue.length);
    expect(catalogue.length).toBeGreaterThan(5);
  });

  it('are explained in docs/troubleshooting.md, and nothing else is', () => {
    expect(explained).toEqual(catalogue);
  });
});
