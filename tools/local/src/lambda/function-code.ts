import { mkdtempSync, rmSync, writeFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FunctionCode } from '../model/app-model.ts';

/** Gives every function's code a folder: its asset's own, or a temporary one for inline code. */
export class FunctionCodeStore {
  readonly #temporary: string[] = [];

  /** The absolute task root, or undefined when the code's folder is not there. */
  taskRoot(code: FunctionCode): string | undefined {
    if (code.kind === 'inline') return this.#writeInline(code.source);
    const path = resolve(code.path);
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : undefined;
  }

  /** Removes the temporary folders. */
  close(): void {
    for (const folder of this.#temporary.splice(0)) rmSync(folder, { recursive: true, force: true });
  }

  /** CloudFormation writes `ZipFile` to `index.js`, for whatever handler. */
  #writeInline(source: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-function-'));
    this.#temporary.push(folder);
    writeFileSync(join(folder, 'index.js'), source);
    return folder;
  }
}
