import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateFiles } from './generated-files.ts';

/** Usage: `main.cjs FOLDER`. */
const folder = path.resolve(process.argv[2] ?? '.');
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(generateFiles())) {
  writeFileSync(path.join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
}
