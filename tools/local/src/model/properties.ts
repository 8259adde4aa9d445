import { isObject, isScalar } from '../assembly/json.ts';
import type { Json } from '../assembly/json.ts';
import { LocalError } from '../errors.ts';

/**
 * Typed reading of resolved properties. An absent property is undefined or empty; one of the wrong type throws
 * LocalError MODEL_INVALID with its path. Text may stand for numbers and booleans, as CloudFormation takes it.
 */
export interface Properties {
  readonly path: string;
  json(name: string): Json | undefined;
  text(name: string): string | undefined;
  requiredText(name: string): string;
  number(name: string): number | undefined;
  boolean(name: string): boolean | undefined;
  texts(name: string): readonly string[];
  textMap(name: string): Readonly<Record<string, string>>;
  object(name: string): Properties | undefined;
  objects(name: string): readonly Properties[];
}

/** Properties behind a function that resolves one of them. */
export function createProperties(path: string, get: (name: string) => Json | undefined): Properties {
  const wrong = (name: string, expected: string): LocalError =>
    new LocalError('MODEL_INVALID', `${path}.${name}: expected ${expected}.`, { path: `${path}.${name}` });

  const properties: Properties = {
    path,
    json: get,
    text(name) {
      const value = get(name);
      if (value === undefined) return undefined;
      if (!isScalar(value)) throw wrong(name, 'text');
      return String(value);
    },
    requiredText(name) {
      const value = properties.text(name);
      if (value === undefined) throw wrong(name, 'text, and it is missing');
      return value;
    },
    number(name) {
      const value = properties.text(name);
      if (value === undefined) return undefined;
      if (!/^-?\d+(\.\d+)?$/.test(value)) throw wrong(name, 'a number');
      return Number(value);
    },
    boolean(name) {
      const value = properties.text(name);
      if (value === undefined) return undefined;
      if (value !== 'true' && value !== 'false') throw wrong(name, 'true or false');
      return value === 'true';
    },
    texts(name) {
      const value = get(name) ?? [];
      // CloudFormation takes one text where a list of one is meant.
      if (isScalar(value)) return [String(value)];
      if (!Array.isArray(value) || !value.every(isScalar)) throw wrong(name, 'a list of texts');
      return value.map(String);
    },
    textMap(name) {
      const value = get(name) ?? {};
      if (!isObject(value)) throw wrong(name, 'an object of texts');
      const entries = Object.entries(value).map(([key, part]) => {
        if (!isScalar(part)) throw wrong(`${name}.${key}`, 'text');
        return [key, String(part)] as const;
      });
      return Object.fromEntries(entries);
    },
    object(name) {
      const value = get(name);
      if (value === undefined) return undefined;
      if (!isObject(value)) throw wrong(name, 'an object');
      return propertiesOf(`${path}.${name}`, value);
    },
    objects(name) {
      const value = get(name) ?? [];
      if (!Array.isArray(value)) throw wrong(name, 'a list of objects');
      return (value as readonly Json[]).map((part, index) => {
        if (!isObject(part)) throw wrong(`${name}.${index}`, 'an object');
        return propertiesOf(`${path}.${name}.${index}`, part);
      });
    },
  };
  return properties;
}

function propertiesOf(path: string, value: Readonly<Record<string, Json>>): Properties {
  return createProperties(path, (name) => (Object.hasOwn(value, name) ? value[name] : undefined));
}
