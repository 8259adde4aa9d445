/** One segment of a path template: a literal, one segment, or the rest of the path (one segment at least, and last). */
export interface TemplateSegment {
  readonly kind: 'literal' | 'param' | 'rest';
  /** The literal, or the parameter's name. */
  readonly text: string;
}

export type PathTemplate = readonly TemplateSegment[];

/** A literal, or in braces a parameter's name, with `+` for the rest of the path. */
const SEGMENT = /^(?:[^{}]+|\{([\w.-]+)(\+)?\})$/;

/** Segments of `/users/{id}` or `/files/{path+}`. Throws a TypeError for anything that API Gateway would not take. */
export function parseTemplate(template: string): PathTemplate {
  const parts = template === '/' ? [] : template.slice(1).split('/');
  const names = new Set<string>();
  return parts.map((part, index) => {
    const [literal, name, plus] = SEGMENT.exec(part) ?? [];
    const isMisplaced = plus !== undefined && index < parts.length - 1;
    const isRepeated = name !== undefined && names.has(name);
    if (!template.startsWith('/') || literal === undefined || isMisplaced || isRepeated) {
      throw new TypeError(`Not a path template: ${template} (each name once, and {name+} last)`);
    }
    if (name === undefined) return { kind: 'literal', text: literal };
    names.add(name);
    return { kind: plus === undefined ? 'param' : 'rest', text: name };
  });
}

/** Whether a path, by its decoded segments, is of the template. Parameters are never empty. */
export function fitsTemplate(template: PathTemplate, path: readonly string[]): boolean {
  const isOpen = template.at(-1)?.kind === 'rest';
  if (isOpen ? path.length < template.length : path.length !== template.length) return false;
  return template.every(({ kind, text }, index) => {
    if (kind === 'literal') return path[index] === text;
    return path[index] !== '' || (kind === 'rest' && path.length > template.length);
  });
}

/** Sorts templates that one path may fit: a literal before a parameter before the rest, level by level, as the names of the kinds sort. */
export function specificityOf(template: PathTemplate): string {
  return template.map(({ kind }) => kind).join();
}
