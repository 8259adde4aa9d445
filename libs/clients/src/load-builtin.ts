const loaded = new Map<string, unknown>();

/**
 * Loads a module of Node when it is first needed: not with the function, and from an ES module not by `import`, which
 * loads fetch along with `node:http`. Node's own loader compares the module's exports each time, for ten microseconds.
 */
export const loadBuiltin = ((id: string): unknown => {
  const known = loaded.get(id);
  if (known !== undefined) return known;
  const module: unknown = process.getBuiltinModule(id);
  loaded.set(id, module);
  return module;
}) as typeof process.getBuiltinModule;
