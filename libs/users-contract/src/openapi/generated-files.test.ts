import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generateFiles } from './generated-files.ts';

const folder = path.resolve(__dirname, '../../generated');
const files = Object.entries(generateFiles());

describe('the committed files', () => {
  it.each(files)(
    '%s is what the contract generates now (nx run users-contract:generate writes it)',
    (name, content) => {
      const committed: unknown = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      expect(committed).toEqual(JSON.parse(JSON.stringify(content)));
    },
  );

  it('are all generated', () => {
    expect(readdirSync(folder).sort()).toEqual(files.map(([name]) => name).sort());
  });
});
