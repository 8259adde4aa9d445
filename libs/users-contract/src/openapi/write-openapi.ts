import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createUsersDocument } from './users-document.ts';

const folder = path.resolve(process.argv[2] ?? '.');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'users.json'), `${JSON.stringify(createUsersDocument(), null, 2)}\n`);
