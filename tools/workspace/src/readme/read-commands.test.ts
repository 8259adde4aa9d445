import { distinctCommands, readCommands } from './read-commands.ts';

const markdown = `# x

\`\`\`sh
# a comment
npm ci

npm run token -- --sub alice \\
  --scope users:read
\`\`\`

\`\`\`sh no-run
nx deploy users-api
\`\`\`

\`\`\`ts
npm('not a command');
\`\`\`
`;

describe('readCommands', () => {
  it('takes the lines of sh blocks, joins continued ones, and leaves the rest', () => {
    expect(readCommands('README.md', markdown)).toEqual([
      { file: 'README.md', line: 5, text: 'npm ci' },
      { file: 'README.md', line: 7, text: 'npm run token -- --sub alice   --scope users:read' },
    ]);
  });
});

describe('distinctCommands', () => {
  it('keeps the first of equal commands, in their order', () => {
    const command = (file: string, text: string) => ({ file, line: 1, text });
    expect(distinctCommands([command('a', 'x'), command('b', 'y'), command('c', 'x')])).toEqual([
      command('a', 'x'),
      command('b', 'y'),
    ]);
  });
});
