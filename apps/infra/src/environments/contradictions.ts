import type { Environment } from './environment.ts';
import type { Problem } from '../errors.ts';

/** What is left of a record's life for the try in which the processor gives up: pauses between tries are Lambda's own. */
const LAST_TRY_SECONDS = 600;

/** Members that are right by themselves and wrong together. */
export function contradictions(environment: Environment): readonly Problem[] {
  const { name, authorizer, usagePlans, functions, edge, backends = [] } = environment;
  const problems: Problem[] = [];
  const refuse = (path: string, message: string) => problems.push({ at: `${name}.${path}`, message });

  if (authorizer.kind === 'token' && authorizer.identitySources !== undefined) {
    refuse(
      'authorizer.identitySources',
      "the token kind has the Authorization header alone; kind 'request' takes others",
    );
  }
  if (authorizer.kind === 'request' && authorizer.request === undefined) {
    refuse('authorizer.request', "kind 'request' needs its rules");
  }
  authorizer.issuers.forEach(({ issuer, keys, algorithms }, index) => {
    // A public key set must never verify a shared-secret signature, nor the other way round.
    const isSecret = keys === 'internal' || 'secretName' in keys;
    if (algorithms.some((algorithm) => algorithm.startsWith('HS') !== isSecret)) {
      refuse(
        `authorizer.issuers.${index}.algorithms`,
        'HS* goes with internal keys or a secret, the others with a key set',
      );
    }
    if (authorizer.issuers.findIndex((other) => other.issuer === issuer) < index) {
      refuse(`authorizer.issuers.${index}.issuer`, 'is the issuer of an entry before it');
    }
  });
  if (authorizer.issuers.filter(({ keys }) => keys === 'internal').length > 1) {
    refuse('authorizer.issuers', 'the environment has one key of its own');
  }
  if (authorizer.anyScope === undefined && backends.some(({ access }) => access === 'authorized')) {
    refuse(
      'authorizer.anyScope',
      "an authorized backend's callers may have none of the contract's scopes: name every scope, or [] for any token",
    );
  }
  if (usagePlans?.keySource === 'authorizer' && authorizer.kind === 'token') {
    refuse('usagePlans.keySource', "the token authorizer returns no key; kind 'request' does");
  }
  if (
    usagePlans?.keySource === 'authorizer' &&
    authorizer.kind === 'request' &&
    authorizer.request?.apiKeys === undefined
  ) {
    refuse('authorizer.request.apiKeys', 'the authorizer can hand on a key only where callers have one');
  }
  for (const [role, settings] of Object.entries(functions)) {
    const { provisionedConcurrency: kept = 0, reservedConcurrency: most = Infinity } = settings;
    if (kept > most) refuse(`functions.${role}.provisionedConcurrency`, 'is more than reservedConcurrency');
  }
  if (functions.authorizer.timeoutSeconds > 30) {
    refuse('functions.authorizer.timeoutSeconds', 'API Gateway waits 30 seconds for an authorizer at most');
  }
  if (edge?.internal?.allowedCidrs.includes('0.0.0.0/0') === true) {
    refuse('edge.internal.allowedCidrs', 'would open the internal operations to everyone');
  }
  const { giveUpSeconds, stream } = environment.webhook;
  // A record that the stream drops leaves its row `received`, which nobody hears of by its reason (docs/adr/0561).
  if (stream.maxAgeSeconds < giveUpSeconds + LAST_TRY_SECONDS) {
    refuse('webhook.stream.maxAgeSeconds', `must be giveUpSeconds and ${LAST_TRY_SECONDS} more, at least`);
  }
  if (stream.retries < giveUpSeconds) {
    refuse(
      'webhook.stream.retries',
      'must be giveUpSeconds at least: tries may follow each other by the second',
    );
  }
  return problems;
}
