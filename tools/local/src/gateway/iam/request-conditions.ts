import type { ConditionContext } from './conditions.ts';

/** The facts of a request that policies may ask for. */
export interface ConditionFacts {
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly nowMs: number;
}

/** The global condition keys that a gateway gives, by lower-case name. On AWS a front's clients always come by TLS. */
export function requestConditions({ sourceIp, userAgent, nowMs }: ConditionFacts): ConditionContext {
  return {
    'aws:sourceip': sourceIp,
    'aws:useragent': userAgent === '' ? undefined : userAgent,
    'aws:securetransport': 'true',
    'aws:currenttime': new Date(nowMs).toISOString(),
    'aws:epochtime': String(Math.floor(nowMs / 1000)),
  };
}
