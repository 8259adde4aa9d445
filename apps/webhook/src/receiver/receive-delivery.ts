import { fromEvent, toResult, type HttpRequest, type HttpResponse, type LambdaResult } from '@gatehouse/http';
import type { Invocation } from '@gatehouse/observability';
import { errorResponse } from '../error-map.ts';
import { WebhookError } from '../errors.ts';
import type { ReceivedDelivery } from '../model/delivery.ts';
import type { DeliveryInbox } from '../store/delivery-inbox.ts';
import { deliveryKey, type VerifiedBody } from './delivery-key.ts';
import { assertFromEdge, type OriginSecrets } from './origin-proof.ts';
import type { Provider } from './provider.ts';
import { readBody } from './read-body.ts';
import { verifyDelivery, type VerifyDeliveryDependencies } from './verify-delivery.ts';

export interface ReceiverDependencies extends VerifyDeliveryDependencies {
  readonly providers: readonly Provider[];
  readonly inbox: DeliveryInbox;
  /** Present where an edge stands before the receiver. */
  readonly originSecrets?: OriginSecrets;
  /** Bodies beyond are refused before anything is computed over them. Default 262,144: an item holds 400 KB. */
  readonly maxBodyBytes?: number;
}

/** Takes a function URL's event; the third parameter is this invocation's telemetry. */
export type Receiver = (event: unknown, context: unknown, invocation: Invocation) => Promise<LambdaResult>;

const MAX_BODY_BYTES = 256 * 1024;
const PATH = /^\/webhooks\/([^/]+)$/;
/** Headers that say what a body is: kept with it, for whoever works on it. */
const KEPT_HEADERS = ['content-type', 'x-github-event', 'x-github-delivery', 'x-slack-retry-num'];

/**
 * Makes the handler of `POST /webhooks/{provider}`: the path, the method, the size, the signature over the raw bytes, then one
 * conditional put, and only then the answer that the sender takes as delivered.
 */
export function createReceiver(dependencies: ReceiverDependencies): Receiver {
  const providers = new Map(dependencies.providers.map((provider) => [provider.name, provider]));
  return async (event, _context, invocation) => {
    const request = fromEvent(event);
    const options = { front: request.front, method: request.method };
    try {
      return toResult(await receive(request, { ...dependencies, providers, invocation }), options);
    } catch (error) {
      report(error, invocation);
      return toResult(errorResponse(error, request.requestId), options);
    }
  };
}

interface Reception extends Omit<ReceiverDependencies, 'providers'> {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly invocation: Invocation;
}

async function receive(request: HttpRequest, reception: Reception): Promise<HttpResponse> {
  if (reception.originSecrets !== undefined) await assertFromEdge(request, reception.originSecrets);
  const provider = reception.providers.get(PATH.exec(request.path)?.[1] ?? '');
  if (provider === undefined) throw new WebhookError('WEBHOOK_PROVIDER_UNKNOWN', 'No provider has this path');
  reception.invocation.describe({ route: 'POST /webhooks/{provider}' });
  if (request.method !== 'POST') throw new WebhookError('WEBHOOK_METHOD_NOT_ALLOWED', 'Not a POST');
  if (request.bodyBytes > (reception.maxBodyBytes ?? MAX_BODY_BYTES))
    throw new WebhookError('WEBHOOK_BODY_TOO_LARGE', 'The body is over the limit');

  const verified = await verifyDelivery(request, provider, reception);
  const body = readBody(provider, request.body);
  const challenge = slackChallenge(provider, body);
  if (challenge !== undefined) return challenge;

  const key = deliveryKey(provider, verified, body);
  reception.invocation.describe({ deliveryId: key });
  const outcome = await claim(
    {
      key,
      provider: provider.name,
      scheme: provider.scheme,
      body: request.body,
      headers: keptHeaders(request),
      receivedAtMs: reception.clock(),
      ...(verified.timestampSeconds !== undefined && { signedAtSeconds: verified.timestampSeconds }),
    },
    reception.inbox,
  );
  reception.invocation.count(outcome === 'stored' ? 'DeliveriesStored' : 'DeliveriesRepeated');
  // Slack takes nothing but 200 as delivered (docs.slack.dev/apis/events-api#responding).
  return { status: provider.scheme === 'slack' ? 200 : 204, headers: {} };
}

async function claim(delivery: ReceivedDelivery, inbox: DeliveryInbox): Promise<'stored' | 'duplicate'> {
  try {
    return await inbox.claim(delivery);
  } catch (cause) {
    throw new WebhookError('WEBHOOK_NOT_DURABLE', 'The delivery could not be stored', { cause });
  }
}

/** Slack asks once, signed, whether the URL is ours: the answer echoes its challenge. Nothing is stored. */
function slackChallenge({ scheme }: Provider, { json }: VerifiedBody): HttpResponse | undefined {
  if (scheme !== 'slack' || typeof json !== 'object' || json === null) return undefined;
  const { type, challenge } = json as Record<string, unknown>;
  if (type !== 'url_verification' || typeof challenge !== 'string') return undefined;
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ challenge }),
  };
}

function keptHeaders(request: HttpRequest): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = request.header(name)?.slice(0, 256);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Refusals are a sender's business and one line each; what is ours is an error with its cause. */
function report(error: unknown, invocation: Invocation): void {
  const { log } = invocation;
  if (!(error instanceof WebhookError)) {
    log.error('The delivery failed unexpectedly', { error });
    invocation.describe({ errorCode: 'WEBHOOK_NOT_DURABLE' });
    return;
  }
  invocation.describe({ errorCode: error.code });
  const isOurs = error.code === 'WEBHOOK_NOT_DURABLE' || error.code === 'WEBHOOK_SECRET_UNAVAILABLE';
  if (isOurs) {
    invocation.count('DeliveriesNotDurable');
    log.error(error.message, { error });
  } else {
    log.info(error.message, { code: error.code, cause: causeCode(error) });
  }
}

function causeCode({ cause }: WebhookError): unknown {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}
