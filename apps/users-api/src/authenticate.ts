import { principalFromContext, servicePrincipal, type Principal } from '@gatehouse/auth';
import type { HttpRequest } from '@gatehouse/http';
import { SCOPES } from '@gatehouse/users-contract';

/**
 * Who calls, by what the front's authorizer says; a header never counts.
 *
 * - A Lambda authorizer's context is the principal that libs/auth put into it.
 * - A caller that IAM authenticated is a service. Only on the function URL does it get the internal scope: the public
 *   fronts refuse internal operations, whoever signs.
 * - Anything else is nobody.
 */
export function authenticate({ authorizer, front }: HttpRequest): Principal | undefined {
  switch (authorizer.kind) {
    case 'lambda':
      return principalFromContext(authorizer.context);
    case 'iam':
      return servicePrincipal({
        arn: authorizer.arn,
        accountId: authorizer.accountId,
        scopes: front === 'url' ? [SCOPES.internal] : [],
      });
    case 'jwt':
    case 'none':
      return undefined;
  }
}
