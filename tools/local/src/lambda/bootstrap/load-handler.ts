import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './runtime-error.ts';

/** A function's handler, of whatever signature. */
export type LambdaHandler = (event: unknown, context: unknown, third?: unknown) => unknown;

/**
 * Loads `file.export` (the export may be nested: `file.a.b`; the file may stand in a folder) the way Lambda's Node
 * runtime does: the plain name, then `.js`, `.mjs`, `.cjs`; a `.js` below `"type": "module"` is an ES module.
 *
 * @throws {RuntimeError} `Runtime.MalformedHandlerName`, `Runtime.ImportModuleError`, `Runtime.UserCodeSyntaxError` or
 * `Runtime.HandlerNotFound`; whatever else the module throws while it loads.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<LambdaHandler> {
  const { path, exportPath } = parseHandler(handler);
  const file = findModule(resolve(taskRoot, path));
  if (file === undefined)
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${path}'`);
  const loaded = await loadModule(file, taskRoot);
  const value = exportPath.reduce<unknown>(memberOf, loaded);
  if (typeof value === 'function') return value as LambdaHandler;
  const reason = value === undefined ? 'undefined or not exported' : 'not a function';
  throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is ${reason}`);
}

function parseHandler(handler: string): { path: string; exportPath: string[] } {
  const match = /^([^.]+)\.(.+)$/.exec(basename(handler));
  const [, file, exports] = match ?? [];
  if (file === undefined || exports === undefined || handler.includes('..'))
    throw new RuntimeError('Runtime.MalformedHandlerName', `Bad handler: ${handler}`);
  return { path: join(dirname(handler), file), exportPath: exports.split('.') };
}

function findModule(path: string): string | undefined {
  return ['', '.js', '.mjs', '.cjs'].map((extension) => path + extension).find(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

async function loadModule(file: string, taskRoot: string): Promise<unknown> {
  try {
    if (isModule(file, taskRoot)) return await import(pathToFileURL(file).href);
    return createRequire(file)(file);
  } catch (error) {
    throw asImportError(error);
  }
}

function isModule(file: string, taskRoot: string): boolean {
  if (file.endsWith('.mjs')) return true;
  return file.endsWith('.js') && packageType(dirname(file), resolve(taskRoot)) === 'module';
}

/** `type` of the nearest package.json, not above the task root. */
function packageType(directory: string, root: string): unknown {
  const manifest = join(directory, 'package.json');
  if (existsSync(manifest)) return memberOf(JSON.parse(readFileSync(manifest, 'utf8')), 'type');
  const parent = dirname(directory);
  return directory === root || parent === directory ? undefined : packageType(parent, root);
}

function asImportError(error: unknown): unknown {
  if (error instanceof SyntaxError)
    return new RuntimeError('Runtime.UserCodeSyntaxError', String(error), error);
  const code = memberOf(error, 'code');
  const isMissing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
  return isMissing ? new RuntimeError('Runtime.ImportModuleError', String(error), error) : error;
}

function memberOf(value: unknown, key: string): unknown {
  return value === null || value === undefined ? undefined : (value as Record<string, unknown>)[key];
}
