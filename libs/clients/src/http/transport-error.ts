import { ClientsError } from '../errors.ts';
import { TransportError } from './transport.ts';

/** How far a try had come when it failed. */
export interface Progress {
  readonly host: string;
  /** The connection was open, with TLS where there is TLS. */
  readonly connected: boolean;
  /** The connection had served others before, and may have been closed meanwhile for its age or for being idle. */
  readonly wasKept: boolean;
  /** A byte of the answer had come. */
  readonly answered: boolean;
}

/** Turns what Node's network stack, or undici, threw into the error that callers see. */
export function toTransportError(cause: unknown, progress: Progress): TransportError {
  if (cause instanceof TransportError) return cause;
  if (cause instanceof ClientsError) {
    return new TransportError(cause.code, cause.message, { cause, sent: false, retryable: cause.retryable });
  }
  const code = errorCode(cause);
  const { host, connected, wasKept, answered } = progress;
  if (isTlsCode(code) || (!connected && code === 'EPROTO')) {
    return new TransportError('CLIENTS_TLS_FAILED', `no TLS with ${host}: ${code}`, { cause, sent: false });
  }
  if (isUnreadableCode(code)) {
    const message = `${host} sent what is not HTTP: ${code}`;
    return new TransportError('CLIENTS_RESPONSE_INVALID', message, { cause, sent: true });
  }
  if (!connected) {
    const details = { cause, sent: false, retryable: true };
    return new TransportError('CLIENTS_CONNECT_FAILED', `no connection to ${host}: ${code}`, details);
  }
  return new TransportError('CLIENTS_CONNECTION_LOST', `the connection to ${host} was lost: ${code}`, {
    cause,
    sent: true,
    retryable: true,
    stale: wasKept && !answered,
  });
}

function errorCode(error: unknown): string {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  // undici's parser does not always give a code.
  if (error instanceof Error && error.name === 'HTTPParserError') return `HPE_${error.message}`;
  return typeof code === 'string' ? code : error instanceof Error ? error.message : 'unknown';
}

/** Codes of OpenSSL's verification, and Node's own. Source: Node.js documentation, "X509 certificate error codes". */
function isTlsCode(code: string): boolean {
  return (
    /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)/.test(
      code,
    ) || code === 'PATH_LENGTH_EXCEEDED'
  );
}

/** llhttp's codes, but the one for an answer that ends too early. */
function isUnreadableCode(code: string): boolean {
  return (code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE') || code === 'UND_ERR_HEADERS_OVERFLOW';
}
