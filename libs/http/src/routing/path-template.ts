/** One segment of a path template: a literal, one segment, or the rest of the path (one segment at least, and last). */
export interface TemplateSegment {
  readonly kind: 'static' | 'param' | 'rest';
  /** The literal, or the parameter's name. */
  readonly text: string;
}

export type PathTemplate = readonly TemplateSegment[];

const TEMPLATE = /^(?:\/|(?:\/(?:[^/{}]+|\{[\w.-]+\}))*(?:\/\{[\w.-]+\+\})?)$/;

/** Segments of `/users/{id}` or `/files/{path+}`. Throws a TypeError for anything that API Gateway would not take. */
export function parseTemplate(template: string): PathTemplate {
  const segments = template.split('/').flatMap((part): PathTemplate => {
    if (part === '') return [];
    if (!part.startsWith('{')) return [{ kind: 'static', text: part }];
    return part.endsWith('+}')
      ? [{ kind: 'rest', text: part.slice(1, -2) }]
      : [{ kind: 'param', text: part.slice(1, -1) }];
  });
  const names = segments.filter(({ kind }) => kind !== 'static').map(({ text }) => text);
  if (TEMPLATE.test(template) && new Set(names).size === names.length) return segments;
  throw new TypeError(`Not a path template: ${template} (each name once, and {name+} last)`);
}

/** Whether a path, by its decoded segments, is of the template. Parameters are never empty. */
export function fitsTemplate(template: PathTemplate, path: readonly string[]): boolean {
  const isOpen = template.at(-1)?.kind === 'rest';
  if (isOpen ? path.length < template.length : path.length !== template.length) return false;
  return template.every(({ kind, text }, index) => {
    if (kind === 'static') return path[index] === text;
    return path[index] !== '' || (kind === 'rest' && path.length > template.length);
  });
}

/** Sorts templates that one path may fit: a literal before a parameter before the rest, level by level. */
export function specificityOf(template: PathTemplate): string {
  return template.map(({ kind }) => (kind === 'static' ? 0 : kind === 'param' ? 1 : 2)).join('');
}
