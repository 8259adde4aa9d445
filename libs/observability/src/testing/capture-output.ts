/** What a function wrote, line by line. */
export interface CapturedOutput {
  /** Log lines, parsed, in order. */
  lines(): Record<string, unknown>[];
  /** Metric lines (embedded metric format), parsed. */
  metrics(): Record<string, unknown>[];
  /** Everything, as it was written. */
  text(): string;
  clear(): void;
  restore(): void;
}

/** Takes over stdout and stderr until `restore`, so that a test sees what a function would have logged. */
export function captureOutput(): CapturedOutput {
  let written: string[] = [];
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write.bind(stream));
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array): boolean => {
      written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    };
  }
  const parsed = (): Record<string, unknown>[] =>
    written
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    lines: () => parsed().filter((line) => line['_aws'] === undefined),
    metrics: () => parsed().filter((line) => line['_aws'] !== undefined),
    text: () => written.join(''),
    clear: () => {
      written = [];
    },
    restore: () => {
      streams.forEach((stream, index) => {
        stream.write = originals[index]!;
      });
    },
  };
}
