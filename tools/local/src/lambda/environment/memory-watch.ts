import { readFileSync } from 'node:fs';

const SAMPLE_EVERY_MS = 250;

export interface MemoryWatchOptions {
  readonly pid: number | undefined;
  readonly limitMb: number;
  /** Whether an invocation runs: only then is the limit looked at. */
  readonly isBusy: () => boolean;
  readonly onExceeded: () => void;
}

/**
 * Looks at the resident memory of a process four times a second while it is busy, as Linux tells it (proc(5)); on other
 * systems it knows nothing and limits nothing. A flag for V8's heap instead would slow down every start, and bound the
 * heap alone.
 */
export class MemoryWatch {
  readonly #options: MemoryWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #peakMb: number | undefined;
  #sampledAt = -Infinity;

  constructor(options: MemoryWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#check(), SAMPLE_EVERY_MS).unref();
  }

  /** The most that the process has used so far, in MB; not older than a quarter of a second. */
  get peakMb(): number | undefined {
    if (performance.now() - this.#sampledAt >= SAMPLE_EVERY_MS) this.#sample();
    return this.#peakMb;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    if (!this.#options.isBusy()) return;
    const residentMb = this.#sample();
    if (residentMb !== undefined && residentMb > this.#options.limitMb) this.#options.onExceeded();
  }

  #sample(): number | undefined {
    this.#sampledAt = performance.now();
    const status = readStatus(this.#options.pid);
    this.#peakMb = megabytes(status, 'VmHWM') ?? this.#peakMb;
    return megabytes(status, 'VmRSS');
  }
}

function readStatus(pid: number | undefined): string {
  try {
    return pid === undefined ? '' : readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    // No proc file system here, or the process has just ended.
    return '';
  }
}

function megabytes(status: string, field: string): number | undefined {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
}
