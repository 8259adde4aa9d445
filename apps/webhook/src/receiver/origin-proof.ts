import { timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from '@gatehouse/http';
import { WebhookError } from '../errors.ts';

/** Sent along by CloudFront, where it stands before the function URL (infra's Edge stack). */
const ORIGIN_HEADER = 'x-gatehouse-origin';

/** The values that prove a request came by the edge: the current one, and the previous one during a rotation. */
export type ReadOriginSecrets = () => Promise<readonly string[]>;

/**
 * Refuses what did not come by the edge: the function URL itself is open, and whoever knew it would pass by the firewall.
 *
 * @throws {WebhookError} `WEBHOOK_ORIGIN_REFUSED`, or what `read` throws.
 */
export async function assertFromEdge(request: HttpRequest, read: ReadOriginSecrets): Promise<void> {
  const given = Buffer.from(request.header(ORIGIN_HEADER) ?? '');
  const isProven = (await read()).some((secret) => isEqual(given, Buffer.from(secret)));
  if (!isProven) throw new WebhookError('WEBHOOK_ORIGIN_REFUSED', 'The request did not come by the edge');
}

function isEqual(given: Buffer, secret: Buffer): boolean {
  return secret.length > 0 && given.length === secret.length && timingSafeEqual(given, secret);
}
