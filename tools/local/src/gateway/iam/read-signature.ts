import { headerValue } from '../exchange/header-lines.ts';
import { parseQueryString } from '../exchange/query-string.ts';
import type { SignedRequest } from './canonical-request.ts';

/** What a signed request claims about its signature. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `20261122/eu-west-1/execute-api/aws4_request`. */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261122T101112Z`. */
  readonly timestamp: string;
  readonly sessionToken?: string;
  /** A presigned URL's own lifetime. */
  readonly expiresSeconds?: number;
}

export type SignatureReading =
  | { readonly kind: 'claim'; readonly claim: SignatureClaim }
  | { readonly kind: 'unsigned' }
  /** There is an Authorization header, and it is not Signature Version 4's. */
  | { readonly kind: 'incomplete'; readonly reason: string };

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Finds the signature in the Authorization header, else in the query of a presigned URL. */
export function readSignature(request: SignedRequest): SignatureReading {
  const authorization = headerValue(request.headers, 'authorization');
  if (authorization !== undefined) return readHeader(request, authorization);
  const query = new Map(parseQueryString(request.rawQuery));
  if (query.get('X-Amz-Algorithm') !== ALGORITHM) return { kind: 'unsigned' };
  const expires = Number(query.get('X-Amz-Expires'));
  return toReading({
    credential: query.get('X-Amz-Credential'),
    signedHeaders: query.get('X-Amz-SignedHeaders'),
    signature: query.get('X-Amz-Signature'),
    timestamp: query.get('X-Amz-Date'),
    sessionToken: query.get('X-Amz-Security-Token'),
    expiresSeconds: Number.isInteger(expires) && expires > 0 ? expires : 0,
  });
}

function readHeader(request: SignedRequest, authorization: string): SignatureReading {
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    return { kind: 'incomplete', reason: 'the Authorization header is not of Signature Version 4' };
  }
  const fields = new Map(
    authorization
      .slice(ALGORITHM.length + 1)
      .split(',')
      .map((field) => {
        const [name = '', value = ''] = field.trim().split(/=(.*)/s);
        return [name, value] as const;
      }),
  );
  return toReading({
    credential: fields.get('Credential'),
    signedHeaders: fields.get('SignedHeaders'),
    signature: fields.get('Signature'),
    timestamp: headerValue(request.headers, 'x-amz-date'),
    sessionToken: headerValue(request.headers, 'x-amz-security-token'),
    expiresSeconds: undefined,
  });
}

type Fields = Record<
  'credential' | 'signedHeaders' | 'signature' | 'timestamp' | 'sessionToken',
  string | undefined
> & {
  readonly expiresSeconds: number | undefined;
};

function toReading(fields: Fields): SignatureReading {
  const { credential, signedHeaders, signature, timestamp, sessionToken, expiresSeconds } = fields;
  for (const [name, value] of Object.entries({ credential, signedHeaders, signature, timestamp })) {
    if (value === undefined || value === '')
      return { kind: 'incomplete', reason: `the signature has no ${name}` };
  }
  const slash = credential?.indexOf('/') ?? -1;
  if (credential === undefined || slash < 0) {
    return { kind: 'incomplete', reason: 'the credential names no scope' };
  }
  return {
    kind: 'claim',
    claim: {
      accessKeyId: credential.slice(0, slash),
      scope: credential.slice(slash + 1),
      signedHeaders: (signedHeaders ?? '').split(';'),
      signature: signature ?? '',
      timestamp: timestamp ?? '',
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(expiresSeconds === undefined ? {} : { expiresSeconds }),
    },
  };
}
