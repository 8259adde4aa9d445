/** Looks up a `$context` variable by its name without the prefix, such as `error.message`; undefined when it is not set. */
export type ContextVariables = (name: string) => string | undefined;

/** Replaces `$context.x`, `${context.x}` and `$stageVariables.x`; what is not set becomes `unset`. No other expression is known. */
export function substitute(
  template: string,
  sources: {
    readonly context: ContextVariables;
    readonly stageVariables: Readonly<Record<string, string>>;
    readonly unset: string;
  },
): string {
  return template.replace(VARIABLE, (expression) => {
    const [source, ...path] = expression.replace(/[${}]/g, '').split('.');
    const name = path.join('.');
    return (source === 'context' ? sources.context(name) : sources.stageVariables[name]) ?? sources.unset;
  });
}

const VARIABLE =
  /\$\{(?:context|stageVariables)\.[\w.-]+\}|\$(?:context|stageVariables)\.[\w-]+(?:\.[\w-]+)*/g;
