/** The members that are read here, of whatever type of resource has them. */
interface Properties {
  readonly Handler?: string;
  readonly Role?: unknown;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
  readonly LoggingConfig?: { readonly LogGroup?: unknown };
  readonly TracingConfig?: { readonly Mode?: string };
  readonly FunctionName?: unknown;
  readonly EventSourceArn?: unknown;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: unknown } };
  readonly Roles?: readonly unknown[];
  readonly PolicyDocument?: { readonly Statement: readonly Statement[] };
}

interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
}

/** A synthesised template, as far as grants go. */
export interface GrantingTemplate {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** A function of a template: what it is told, what may be done by its role, and what the platform does by it. */
export interface GrantedFunction {
  /** Texts, with what the deployment fills in by name: `{/gatehouse/dev/data/users-table}`, `{AWS::Region}`. */
  readonly variables: Readonly<Record<string, string>>;
  /** `action on resource`. */
  readonly grants: readonly string[];
  /** Those that Lambda itself needs: to log, to trace, to read a stream for it and say what failed. */
  readonly platform: readonly string[];
}

/** The function of a handler, in a template. */
export function grantedFunction(template: GrantingTemplate, handler: string): GrantedFunction {
  const found = Object.entries(template.Resources).find(
    ([, { Type, Properties: properties }]) =>
      Type === 'AWS::Lambda::Function' && properties.Handler === handler,
  );
  if (found === undefined) throw new TypeError(`no function with the handler ${handler}`);
  const [id, { Properties: fn }] = found;
  const text = (value: unknown) => toText(value, template);
  return {
    variables: Object.fromEntries(
      Object.entries(fn.Environment?.Variables ?? {}).map(([name, value]) => [name, text(value)]),
    ),
    grants: statementsOf(template, idOf(fn.Role)).flatMap(({ Action, Resource: resources }) =>
      listOf(Action).flatMap((action) =>
        listOf(resources).map((resource) => `${action} on ${text(resource)}`),
      ),
    ),
    platform: [
      ...['logs:CreateLogStream', 'logs:PutLogEvents'].map(
        (action) => `${action} on ${text(fn.LoggingConfig?.LogGroup)}.Arn`,
      ),
      ...(fn.TracingConfig?.Mode === 'Active'
        ? ['xray:PutTelemetryRecords on *', 'xray:PutTraceSegments on *']
        : []),
      ...streamGrants(template, id),
    ],
  };
}

/** What reading streams for a function needs, by the mappings that call it or an alias of it. */
function streamGrants(template: GrantingTemplate, functionId: string): readonly string[] {
  const text = (value: unknown) => toText(value, template);
  const aliases = Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Alias')
    .filter(([, { Properties: alias }]) => idOf(alias.FunctionName) === functionId)
    .map(([id]) => id);
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping')
    .map(({ Properties: mapping }) => mapping)
    .filter(({ FunctionName }) => [functionId, ...aliases].includes(idOf(FunctionName)))
    .flatMap(({ EventSourceArn, DestinationConfig }) => [
      ...['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'].map(
        (action) => `${action} on ${text(EventSourceArn)}`,
      ),
      'dynamodb:ListStreams on *',
      `sqs:SendMessage on ${text(DestinationConfig?.OnFailure?.Destination)}`,
    ]);
}

function statementsOf(template: GrantingTemplate, role: string): readonly Statement[] {
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .filter(({ Properties: { Roles = [] } }) => Roles.some((one) => idOf(one) === role))
    .flatMap(({ Properties: { PolicyDocument } }) => PolicyDocument?.Statement ?? []);
}

/** The logical id that a `Ref` or an attribute is of. */
function idOf(value: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly [string, string];
  };
  return Ref ?? attribute?.[0] ?? '';
}

/** A value as one text: references by what they are of, parameters of other stacks by their names. */
function toText(value: unknown, template: GrantingTemplate): string {
  if (typeof value === 'string') return value;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = (value ?? {}) as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly [string, string];
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (Ref !== undefined) return `{${template.Parameters?.[Ref]?.Default ?? Ref}}`;
  if (attribute !== undefined) return `{${attribute[0]}}.${attribute[1]}`;
  if (join !== undefined) return join[1].map((part) => toText(part, template)).join(join[0]);
  throw new TypeError(`cannot read ${JSON.stringify(value)}`);
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
