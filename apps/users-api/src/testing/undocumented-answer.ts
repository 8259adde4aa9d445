import type { RequestEnd } from '@gatehouse/http';
import { createUsersDocument } from '@gatehouse/users-contract/openapi';

interface DocumentedOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}
interface DocumentedResponse {
  readonly content?: Readonly<Record<string, { readonly schema: DocumentedSchema }>>;
}
/** As far as it is read here: a problem's codes are the enum of a part of it. */
interface DocumentedSchema {
  readonly allOf?: readonly {
    readonly properties?: { readonly code: { readonly enum: readonly string[] } };
  }[];
}

const { paths } = createUsersDocument() as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
};

/**
 * What the OpenAPI document does not tell callers of this answer, as text: its status, or the problem's code under it. `undefined`
 * when it tells both, and for a request that is of no operation.
 */
export function undocumentedAnswer(end: RequestEnd): string | undefined {
  const { status, problem } = end;
  const operation = operationOf(end);
  if (operation === undefined) return undefined;
  const response = operation.responses[status];
  const isTold =
    response !== undefined && (problem === undefined || problemCodes(response).includes(problem.code));
  return isTold ? undefined : `${operation.operationId}: ${status} ${problem?.code ?? ''}`;
}

/** A path that cannot be decoded is of no operation to the kernel, but it is to whoever sent it. */
function operationOf({ request, operationId, problem }: RequestEnd): DocumentedOperation | undefined {
  if (operationId !== undefined) return operationNamed(operationId);
  return problem?.code === 'HTTP_PATH_ENCODING_INVALID'
    ? operationAt(request.method, request.path)
    : undefined;
}

function operationNamed(operationId: string): DocumentedOperation | undefined {
  return Object.values(paths)
    .flatMap((path) => Object.values(path))
    .find((operation) => operation.operationId === operationId);
}

function operationAt(method: string, sent: string): DocumentedOperation | undefined {
  const template = Object.keys(paths).find((path) => {
    const [wanted, given] = [path.split('/'), sent.split('/')];
    return (
      wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at])
    );
  });
  return paths[template ?? '']?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
}

function problemCodes({ content = {} }: DocumentedResponse): readonly string[] {
  const { allOf = [] } = content['application/problem+json']?.schema ?? {};
  return allOf.flatMap(({ properties }) => properties?.code.enum ?? []);
}
