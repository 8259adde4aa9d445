import path from 'node:path';
import type { Check } from '../snapshot/workspace-snapshot.ts';

/** Relative links of Markdown files name a file or folder that exists. */
export const linksLeadSomewhere: Check = {
  name: 'links lead somewhere',
  run: ({ files, read }) => {
    const exists = new Set(files.flatMap((file) => [file, ...parents(file)]));
    return files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...withoutCode(read(file) ?? '').matchAll(/\]\((?!\w+:|#)([^)\s#]+)[^)]*\)/g)]
          .map((match) => match[1] ?? '')
          .filter((link) => !exists.has(path.posix.join(path.posix.dirname(file), link).replace(/\/$/, '')))
          .map((link) => ({ where: file, problem: `links to ${link}, which does not exist` })),
      );
  },
};

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

function parents(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
