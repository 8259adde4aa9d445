import type { HttpJwtAuthorizerModel } from './app-model.ts';
import type { ModelResource } from './resource-set.ts';

/** An HTTP API's own JWT authorizer; none for any other kind, and for one that names no issuer. */
export function readJwtAuthorizer(resource: ModelResource): HttpJwtAuthorizerModel[] {
  const { properties } = resource;
  const jwt = properties.object('JwtConfiguration');
  const issuer = jwt?.text('Issuer');
  if (properties.text('AuthorizerType') !== 'JWT' || jwt === undefined || issuer === undefined) return [];
  return [
    {
      id: resource.id,
      name: properties.text('Name') ?? resource.logicalId,
      issuer,
      audience: jwt.texts('Audience'),
      identitySources: properties.texts('IdentitySource'),
    },
  ];
}
