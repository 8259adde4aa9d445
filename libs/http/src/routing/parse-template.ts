/** One segment of a path template. */
export type TemplateSegment =
  | { readonly kind: 'static'; readonly text: string }
  | { readonly kind: 'param'; readonly name: string }
  /** The rest of the path, one segment at least; last in its template. */
  | { readonly kind: 'greedy'; readonly name: string };

const PARAM = /^\{([\w.-]+)(\+?)\}$/;

/** Segments of `/users/{id}` or `/files/{path+}`. Throws a TypeError for anything that API Gateway would not take. */
export function parseTemplate(template: string): readonly TemplateSegment[] {
  if (!template.startsWith('/')) throw new TypeError(`A path begins with a slash: ${template}`);
  if (template === '/') return [];
  const parts = template.slice(1).split('/');
  const names = new Set<string>();
  return parts.map((part, index) => {
    const [, name, plus] = PARAM.exec(part) ?? [];
    if (name === undefined) {
      if (part === '' || /[{}]/.test(part)) throw new TypeError(`Not a path template: ${template}`);
      return { kind: 'static', text: part };
    }
    if (names.has(name)) throw new TypeError(`${template} names {${name}} twice`);
    names.add(name);
    if (plus === '') return { kind: 'param', name };
    if (index !== parts.length - 1) throw new TypeError(`{${name}+} must be the last segment of ${template}`);
    return { kind: 'greedy', name };
  });
}
