import { join, resolve, sep } from 'node:path';
import ts from 'typescript';

const WORKSPACE = resolve(__dirname, '../../../..');
const CLIENTS = join(WORKSPACE, 'libs/clients/src') + sep;

/** A call to AWS that code can make, as IAM names it, and of what: a table's index has a permission of its own. */
export interface AwsCall {
  readonly action: string;
  /** Of a query: the index that it names. */
  readonly index?: string;
}

/** What each operation of @gatehouse/clients' DynamoDocuments is to IAM. */
const OPERATIONS: Readonly<Record<string, string | undefined>> = {
  get: 'dynamodb:GetItem',
  batchGet: 'dynamodb:BatchGetItem',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  query: 'dynamodb:Query',
  // IAM asks for what the parts need.
  transactWrite: undefined,
};

const TRANSACTION_PARTS: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

/** What a client that has one operation is to IAM, by the function of @gatehouse/clients that makes it. */
const CLIENT_ACTIONS: Readonly<Record<string, string>> = {
  secretStore: 'secretsmanager:GetSecretValue',
  parameterStore: 'ssm:GetParameter',
};

/** What signing for a service is to IAM. By a URL a function is invoked, and both are asked since October 2025. */
const SIGNED_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  lambda: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
};

/**
 * The calls to AWS that a program can make, from its source: every module that its entry imports is read with its types, and
 * what it asks of @gatehouse/clients, which is the only way to AWS there is, becomes IAM's names.
 *
 * @param entry such as `apps/users-api/src/main.ts`.
 * @param text the entry's text, for one that is no file.
 * @throws TypeError for a way to AWS that this cannot read: an SDK, an operation that is not known here, a client reached by a
 *   computed name, a signature for a service that is not known.
 */
export function callsOfCode(entry: string, text?: string): readonly AwsCall[] {
  const path = join(WORKSPACE, entry);
  const program = createProgram(path, text);
  const checker = program.getTypeChecker();
  const calls = reachableFiles(program, path)
    .filter(({ fileName }) => !fileName.startsWith(CLIENTS))
    .flatMap((file) => nodesOf(file).flatMap((node) => callsAt(node, checker)));
  const distinct = new Map(calls.map((call) => [JSON.stringify(call), call]));
  return [...distinct.values()];
}

function createProgram(entry: string, text: string | undefined): ts.Program {
  const file = join(WORKSPACE, 'tsconfig.base.json');
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path)) as { config: unknown };
  const options = {
    ...ts.parseJsonConfigFileContent(config, ts.sys, WORKSPACE).options,
    noEmit: true,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  if (text !== undefined) {
    const { getSourceFile } = host;
    host.getSourceFile = (path, languageVersion, ...rest) =>
      path === entry
        ? ts.createSourceFile(path, text, languageVersion)
        : getSourceFile(path, languageVersion, ...rest);
  }
  return ts.createProgram([entry], options, host);
}

/** The names of DynamoDocuments' operations, as its source has them today. */
function readOperationNames(): ReadonlySet<string> {
  const path = join(CLIENTS, 'dynamodb/documents.ts');
  const file = ts.createSourceFile(path, ts.sys.readFile(path) ?? '', ts.ScriptTarget.Latest);
  const operations = nodesOf(file)
    .filter(ts.isInterfaceDeclaration)
    .filter(({ name }) => name.text === 'DynamoDocuments')
    .flatMap(({ members }) => members.map(({ name }) => (name && ts.isIdentifier(name) ? name.text : '')));
  return new Set(operations);
}

/** The entry and every file of the workspace that it imports, for more than a type. */
function reachableFiles(program: ts.Program, entry: string): readonly ts.SourceFile[] {
  const checker = program.getTypeChecker();
  const found = new Map<string, ts.SourceFile>();
  const visit = (file: ts.SourceFile | undefined): void => {
    if (file === undefined || found.has(file.fileName)) return;
    found.set(file.fileName, file);
    for (const node of nodesOf(file)) {
      const specifier = importedBy(node);
      if (specifier === undefined) continue;
      if (/^(@aws-sdk|@smithy|aws-sdk)(\/|$)/.test(specifier.text)) {
        throw new TypeError(`${file.fileName} imports ${specifier.text}, whose calls are not read here`);
      }
      const target = checker.getSymbolAtLocation(specifier)?.valueDeclaration;
      if (target === undefined || !ts.isSourceFile(target)) continue;
      if (!target.fileName.includes(`${sep}node_modules${sep}`)) visit(target);
    }
  };
  visit(program.getSourceFile(entry));
  return [...found.values()];
}

/** What a node imports at run time, if it imports: a declaration, a re-export or `import()`. */
function importedBy(node: ts.Node): ts.StringLiteral | undefined {
  if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    return literal(node.moduleSpecifier);
  if (ts.isExportDeclaration(node) && !node.isTypeOnly) return literal(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return literal(node.arguments[0]);
  }
  return undefined;
}

const operationNames = readOperationNames();

function callsAt(node: ts.Node, checker: ts.TypeChecker): readonly AwsCall[] {
  if (ts.isPropertyAccessExpression(node)) {
    if (
      !operationNames.has(node.name.text) ||
      !isOfClients(checker.getSymbolAtLocation(node.name), 'DynamoDocuments')
    )
      return [];
    return [documentCall(node, checker)].filter((call) => call !== undefined);
  }
  if (ts.isElementAccessExpression(node) || ts.isObjectBindingPattern(node)) {
    const taken = ts.isElementAccessExpression(node) ? node.expression : node;
    if (!isDocuments(checker.getTypeAtLocation(taken))) return [];
    throw new TypeError(`${where(node)} takes a client apart: call it by its name`);
  }
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
    const action = TRANSACTION_PARTS[node.name.text];
    if (action === undefined) return [];
    const part = checker.getContextualType(node.parent)?.getProperty(node.name.text);
    return isOfClients(part, 'TransactWriteInput') ? [{ action }] : [];
  }
  return ts.isCallExpression(node) ? clientCalls(node, checker) : [];
}

/** `documents.query({ IndexName: ... })`: the index is the argument's. */
function documentCall(node: ts.PropertyAccessExpression, checker: ts.TypeChecker): AwsCall | undefined {
  if (!(node.name.text in OPERATIONS)) throw new TypeError(`${where(node)} calls what is not known here`);
  const action = OPERATIONS[node.name.text];
  if (action === undefined) return undefined;
  const argument = ts.isCallExpression(node.parent) ? node.parent.arguments[0] : undefined;
  const index = argument && memberOf(argument, 'IndexName', checker);
  if (index === undefined) return { action };
  const type = checker.getTypeAtLocation(index);
  if (!type.isStringLiteral()) throw new TypeError(`${where(node)} computes its index`);
  return { action, index: type.value };
}

function clientCalls({ expression, arguments: [options] }: ts.CallExpression, checker: ts.TypeChecker) {
  const named = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  const symbol = ts.isIdentifier(named) ? checker.getSymbolAtLocation(named) : undefined;
  if (symbol === undefined) return [];
  const made = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  if (!isOfClients(made)) return [];
  const action = CLIENT_ACTIONS[made.name];
  if (action !== undefined) return [{ action }];
  if (made.name !== 'createRequestSigner') return [];
  const service = options && memberOf(options, 'service', checker);
  const actions = service && ts.isStringLiteral(service) ? SIGNED_ACTIONS[service.text] : undefined;
  if (actions === undefined) throw new TypeError(`${where(expression)} signs for what is not known here`);
  return actions.map((name) => ({ action: name }));
}

/** The expression that a member of an object has, where the object is written out. */
function memberOf(object: ts.Expression, name: string, checker: ts.TypeChecker): ts.Expression | undefined {
  const declaration = checker.getTypeAtLocation(object).getProperty(name)?.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (ts.isPropertyAssignment(declaration)) return declaration.initializer;
  return ts.isShorthandPropertyAssignment(declaration) ? declaration.name : undefined;
}

/** Whether a symbol is declared by @gatehouse/clients, as a part of the interface of that name where one is given. */
function isOfClients(symbol: ts.Symbol | undefined, owner?: string): boolean {
  return (symbol?.declarations ?? []).some((declaration) => {
    if (!declaration.getSourceFile().fileName.startsWith(CLIENTS)) return false;
    return (
      owner === undefined || ts.findAncestor(declaration, ts.isInterfaceDeclaration)?.name.text === owner
    );
  });
}

function isDocuments(type: ts.Type): boolean {
  return type.getProperties().some((property) => isOfClients(property, 'DynamoDocuments'));
}

function nodesOf(file: ts.SourceFile): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return nodes;
}

function literal(node: ts.Node | undefined): ts.StringLiteral | undefined {
  return node !== undefined && ts.isStringLiteral(node) ? node : undefined;
}

function where(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
