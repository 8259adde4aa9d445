import { serverErrorPhrase } from './server-error-phrase.ts';

/** Reason phrases of the client's errors (IANA HTTP Status Code Registry). */
const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  423: 'Locked',
  424: 'Failed Dependency',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
};

/** The registered phrase of an error status; that of the status' class (RFC 9110 15) for one that has none. */
export function reasonPhrase(status: number): string {
  return status < 500 ? (PHRASES[status] ?? 'Bad Request') : serverErrorPhrase(status);
}
