import { readFileSync } from 'node:fs';

const SAMPLE_EVERY_MS = 250;

/**
 * The peak resident memory of a process in MB, as Linux counts it (`VmHWM`, proc(5)); undefined on other systems. Reads
 * at most four times a second, as a read costs about as much as a small invocation.
 */
export class PeakMemory {
  readonly #pid: number | undefined;
  #peakMb: number | undefined;
  #sampledAt = -Infinity;

  constructor(pid: number | undefined) {
    this.#pid = pid;
  }

  sample(): number | undefined {
    const now = performance.now();
    if (this.#pid === undefined || now - this.#sampledAt < SAMPLE_EVERY_MS) return this.#peakMb;
    this.#sampledAt = now;
    this.#peakMb = readPeakMb(this.#pid) ?? this.#peakMb;
    return this.#peakMb;
  }
}

function readPeakMb(pid: number): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    // No proc file system here, or the process has just ended.
    return undefined;
  }
}
