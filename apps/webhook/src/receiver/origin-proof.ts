import { timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from '@gatehouse/http';
import { WebhookError } from '../errors.ts';

/** Sent along by CloudFront, where it stands before the function URL (infra's Edge stack). */
const ORIGIN_HEADER = 'x-gatehouse-origin';

/** The values that prove a request came by the edge: the current one, and the previous one during a rotation. */
export interface OriginSecrets {
  /** @throws {WebhookError} `WEBHOOK_SECRET_UNAVAILABLE`. */
  current(): Promise<readonly string[]>;
  /**
   * The values, read anew because no known one is what a request has: the edge may just have been given another one. Forged
   * requests cause few reads.
   *
   * @throws {WebhookError} `WEBHOOK_SECRET_UNAVAILABLE`.
   */
  renewed(): Promise<readonly string[]>;
}

/**
 * Refuses what did not come by the edge: the function URL itself is open, and whoever knew it would pass by the firewall.
 *
 * @throws {WebhookError} `WEBHOOK_ORIGIN_REFUSED`, or what `secrets` throws.
 */
export async function assertFromEdge(request: HttpRequest, secrets: OriginSecrets): Promise<void> {
  const given = Buffer.from(request.header(ORIGIN_HEADER) ?? '');
  const isProvenBy = (values: readonly string[]): boolean =>
    values.some((value) => isEqual(given, Buffer.from(value)));
  const isProven =
    given.length > 0 && (isProvenBy(await secrets.current()) || isProvenBy(await secrets.renewed()));
  if (!isProven) throw new WebhookError('WEBHOOK_ORIGIN_REFUSED', 'The request did not come by the edge');
}

function isEqual(given: Buffer, secret: Buffer): boolean {
  return given.length === secret.length && timingSafeEqual(given, secret);
}
