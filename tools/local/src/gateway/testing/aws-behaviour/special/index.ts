import { ACCESS_LOG_CASES } from './access-logs.ts';
import { AUTHORIZER_CASES } from './authorizers.ts';
import { GATEWAY_RESPONSE_CASES } from './gateway-responses.ts';
import { HTTP_AND_URL_CASES } from './http-and-url.ts';
import { HTTP_PROXY_CASES } from './http-proxy.ts';
import { JWT_CASES } from './jwt.ts';
import { REST_CASES } from './rest-api.ts';
import type { SpecialCases } from './special-case.ts';

/** Cases that are told by prose, or by placeholders that only code can fill. */
export const SPECIAL: SpecialCases = {
  ...ACCESS_LOG_CASES,
  ...AUTHORIZER_CASES,
  ...GATEWAY_RESPONSE_CASES,
  ...HTTP_AND_URL_CASES,
  ...HTTP_PROXY_CASES,
  ...JWT_CASES,
  ...REST_CASES,
};
