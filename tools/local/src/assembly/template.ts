import type { Json, JsonObject } from './json.ts';

/** A CloudFormation template as read: sections checked for their shape, values not resolved yet. */
export interface Template {
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
  /** Sections that the host does not carry out, such as `Rules`. */
  readonly otherSections: readonly string[];
}

export interface ParameterDeclaration {
  readonly type: string;
  readonly default?: Json;
}

export interface ResourceDeclaration {
  /** Such as `AWS::Lambda::Function`. */
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly dependsOn: readonly string[];
  /** Name of the condition under which the resource exists. */
  readonly condition?: string;
}

export interface OutputDeclaration {
  readonly value: Json;
  readonly exportName?: Json;
  readonly condition?: string;
}

/** A stack: its template, and where the files that it names lie. */
export interface StackScope {
  /** CloudFormation's name of the stack; a nested stack's is made from its parent's. */
  readonly name: string;
  readonly template: Template;
  /** The folder that relative paths of the template start from. */
  readonly directory: string;
  /** From an asset's object key (`<hash>.zip`) to what lies on disk. */
  readonly assets: ReadonlyMap<string, FileAsset>;
  /** The account and region of the stack, where the assembly names them. */
  readonly accountId?: string;
  readonly region?: string;
  /** The resource that this nested stack is, absent for a root stack. */
  readonly nestedIn?: { readonly stack: StackScope; readonly logicalId: string };
}

export interface FileAsset {
  /** Absolute. */
  readonly path: string;
  /** `zip`: a folder that is zipped at deployment. `file`: the file itself. */
  readonly packaging: 'zip' | 'file';
}

/** All stacks of a cloud assembly, nested ones after their parents. */
export interface Assembly {
  /** The assembly's folder or the template's file, as given; for messages. */
  readonly source: string;
  readonly stacks: readonly StackScope[];
}

/** A place in an assembly, for messages: `Gatehouse-dev-Data/Users.Properties.TableName`. */
export interface Position {
  readonly stack: StackScope;
  readonly path: string;
}

/** The position of a member or element below another. */
export function below(at: Position, segment: string | number): Position {
  return { stack: at.stack, path: `${at.path}.${segment}` };
}

/** A position as text. */
export function formatPosition(at: Position): string {
  return `${at.stack.name}/${at.path}`;
}
