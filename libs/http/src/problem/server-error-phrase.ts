/** Those that a service answers with; apart from the others, since every handler's bundle has them. */
const PHRASES: Readonly<Record<number, string>> = {
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The registered phrase of a status from 500 on; that of the class (RFC 9110 15.6) for one that has none. */
export function serverErrorPhrase(status: number): string {
  return PHRASES[status] ?? 'Internal Server Error';
}
