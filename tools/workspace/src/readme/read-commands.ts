/** A shell command as a README shows it. */
export interface ReadmeCommand {
  readonly file: string;
  /** Of its first line, from 1. */
  readonly line: number;
  readonly text: string;
}

const fence = /^```(\S*)(.*)$/;

/**
 * The commands of a README that a reader may paste: the lines of its fenced `sh` blocks, with lines that end in a
 * backslash joined and comments left out. A block headed `sh no-run` is for people (it needs an AWS account, or
 * takes minutes) and is passed over.
 */
export function readCommands(file: string, markdown: string): ReadmeCommand[] {
  const commands: ReadmeCommand[] = [];
  let block: 'none' | 'other' | 'run' = 'none';
  let open: { line: number; text: string } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const mark = fence.exec(line);
    if (mark !== null) {
      block = block !== 'none' ? 'none' : mark[1] === 'sh' && !mark[2]?.includes('no-run') ? 'run' : 'other';
      continue;
    }
    if (block !== 'run' || (open === undefined && /^\s*(?:#|$)/.test(line))) continue;
    const joined: { line: number; text: string } = {
      line: open?.line ?? index + 1,
      text: (open?.text ?? '') + line,
    };
    open = joined.text.endsWith('\\') ? { ...joined, text: joined.text.slice(0, -1) } : undefined;
    if (open === undefined) commands.push({ file, line: joined.line, text: joined.text.trim() });
  }
  return commands;
}

/** One of each text, where it first appears. */
export function distinctCommands(commands: readonly ReadmeCommand[]): ReadmeCommand[] {
  return commands.filter(({ text }, index) => commands.findIndex((other) => other.text === text) === index);
}
