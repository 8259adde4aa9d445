/** One segment of a path template: a literal, one segment, or the rest of the path (one segment at least, and last). */
export interface TemplateSegment {
  readonly kind: 'static' | 'param' | 'rest';
  /** The literal, or the parameter's name. */
  readonly text: string;
}

const PARAM = /^\{([\w.-]+)(\+?)\}$/;

/** Segments of `/users/{id}` or `/files/{path+}`. Throws a TypeError for anything that API Gateway would not take. */
export function parseTemplate(template: string): readonly TemplateSegment[] {
  if (template === '/') return [];
  const [before, ...parts] = template.split('/');
  const segments = parts.map((part): TemplateSegment => {
    const [, name, plus] = PARAM.exec(part) ?? [];
    return name === undefined
      ? { kind: 'static', text: part }
      : { kind: plus ? 'rest' : 'param', text: name };
  });
  const isWrong = segments.some(({ kind, text }, index) => {
    if (kind === 'static') return text === '' || /[{}]/.test(text);
    const isNamedBefore = segments
      .slice(0, index)
      .some((other) => other.kind !== 'static' && other.text === text);
    return isNamedBefore || (kind === 'rest' && index < segments.length - 1);
  });
  if (before !== '' || isWrong) {
    throw new TypeError(`Not a path template: ${template} (each name once, and {name+} last)`);
  }
  return segments;
}
