import { RestRefusal, type RestRefusalFacts, type RestStep } from './rest-refusal.ts';

/** What a refusal tells the host alone. */
export type RefusalReason = Pick<
  RestRefusalFacts,
  'step' | 'reason' | 'detail' | 'integration' | 'integrationError' | 'validationError'
>;

export function missingAuthenticationToken(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'MISSING_AUTHENTICATION_TOKEN',
    status: 403,
    errorType: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
    ...why,
  });
}

/** An Authorization header that is no signature, on a route that does not exist or wants one. */
export function incompleteSignature(digest: string, why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'DEFAULT_4XX',
    status: 403,
    errorType: 'IncompleteSignatureException',
    message:
      'Invalid key=value pair (missing equal-sign) in Authorization header ' +
      `(hashed with SHA-256 and encoded with Base64): '${digest}'.`,
    ...why,
  });
}

export function invalidSignature(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'INVALID_SIGNATURE',
    status: 403,
    errorType: 'InvalidSignatureException',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
      'and signing method. Consult the service documentation for details.',
    ...why,
  });
}

export function expiredSignature(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'INVALID_SIGNATURE',
    status: 403,
    errorType: 'InvalidSignatureException',
    message: 'Signature expired or not yet current.',
    ...why,
  });
}

export function unknownAccessKey(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'DEFAULT_4XX',
    status: 403,
    errorType: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
    ...why,
  });
}

export function forbidden(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'DEFAULT_4XX',
    status: 403,
    errorType: 'ForbiddenException',
    message: 'Forbidden',
    ...why,
  });
}

export function unauthorized(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'UNAUTHORIZED',
    status: 401,
    errorType: 'UnauthorizedException',
    message: 'Unauthorized',
    ...why,
  });
}

/** The service's own body has a capital M here. */
export function accessDenied(isExplicit: boolean, why: RefusalReason): RestRefusal {
  const message = `User is not authorized to access this resource${isExplicit ? ' with an explicit deny in an identity-based policy' : ''}`;
  return new RestRefusal({
    responseType: 'ACCESS_DENIED',
    status: 403,
    errorType: 'AccessDeniedException',
    message,
    body: JSON.stringify({ Message: message }),
    ...why,
  });
}

/** The authorizer could not be asked, or failed. */
export function authorizerFailure(why: RefusalReason): RestRefusal {
  return authorizerError('AUTHORIZER_FAILURE', why);
}

/** The authorizer's answer cannot be used. */
export function authorizerConfigurationError(why: RefusalReason): RestRefusal {
  return authorizerError('AUTHORIZER_CONFIGURATION_ERROR', why);
}

function authorizerError(
  responseType: 'AUTHORIZER_FAILURE' | 'AUTHORIZER_CONFIGURATION_ERROR',
  why: RefusalReason,
): RestRefusal {
  return new RestRefusal({
    responseType,
    status: 500,
    errorType: 'AuthorizerConfigurationException',
    message: null,
    ...why,
  });
}

export function invalidApiKey(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'INVALID_API_KEY',
    status: 403,
    errorType: 'ForbiddenException',
    message: 'Forbidden',
    ...why,
  });
}

export function badRequestParameters(message: string, why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'BAD_REQUEST_PARAMETERS',
    status: 400,
    errorType: 'BadRequestException',
    message,
    ...why,
  });
}

export function badRequestBody(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'BAD_REQUEST_BODY',
    status: 400,
    errorType: 'BadRequestException',
    message: 'Invalid request body',
    ...why,
  });
}

export function requestTooLarge(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'REQUEST_TOO_LARGE',
    status: 413,
    errorType: 'RequestTooLargeException',
    message: 'Request Too Long',
    ...why,
  });
}

export function headersTooLarge(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'DEFAULT_4XX',
    status: 431,
    errorType: 'RequestHeaderFieldsTooLargeException',
    message: 'Request Header Fields Too Large',
    ...why,
  });
}

/** The ARN that an authorizer would be asked about is longer than 1,600 bytes. */
export function uriTooLong(why: RefusalReason): RestRefusal {
  return new RestRefusal({
    responseType: 'DEFAULT_4XX',
    status: 414,
    errorType: 'RequestUriTooLongException',
    message: 'Request URI too long',
    ...why,
  });
}

/** The integration is wrongly set up, or Lambda would not run it: 500. */
export function integrationConfigurationError(why: Omit<RefusalReason, 'step'>): RestRefusal {
  return integrationError({ responseType: 'API_CONFIGURATION_ERROR', status: 500 }, why);
}

/** Lambda did not take the invocation: 500, though the type's documented status is 504. */
export function integrationRefused(why: Omit<RefusalReason, 'step'>): RestRefusal {
  return integrationError({ responseType: 'INTEGRATION_FAILURE', status: 500 }, why);
}

/** The function failed, or its result is malformed: 502. */
export function integrationFailure(why: Omit<RefusalReason, 'step'>): RestRefusal {
  return integrationError({ responseType: 'INTEGRATION_FAILURE', status: 502 }, why);
}

/** The backend of an HTTP integration cannot be reached: the one failure that has the type's documented status. */
export function networkError(why: Omit<RefusalReason, 'step'>): RestRefusal {
  return new RestRefusal({
    responseType: 'INTEGRATION_FAILURE',
    status: 504,
    errorType: 'InternalServerErrorException',
    message: 'Network error communicating with endpoint',
    body: '{"message": "Network error communicating with endpoint"}',
    step: 'integration',
    ...why,
  });
}

export function integrationTimeout(why: Omit<RefusalReason, 'step'>): RestRefusal {
  return new RestRefusal({
    responseType: 'INTEGRATION_TIMEOUT',
    status: 504,
    errorType: 'InternalServerErrorException',
    message: 'Endpoint request timed out',
    body: '{"message": "Endpoint request timed out"}',
    step: 'integration',
    ...why,
  });
}

/** These bodies have a space after the colon, unlike all others (36 bytes). */
function integrationError(
  type: Pick<RestRefusalFacts, 'responseType' | 'status'>,
  why: Omit<RefusalReason, 'step'>,
): RestRefusal {
  const step: RestStep = 'integration';
  return new RestRefusal({
    ...type,
    errorType: 'InternalServerErrorException',
    message: 'Internal server error',
    body: '{"message": "Internal server error"}',
    step,
    ...why,
  });
}
