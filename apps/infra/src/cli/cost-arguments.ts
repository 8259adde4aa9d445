import type { Traffic } from '../cost/monthly-cost.ts';
import { type CacheSizeGb, PRICES } from '../cost/prices.ts';
import { InfraError } from '../errors.ts';
import { parseOptions } from './options.ts';

export interface CostArguments {
  readonly traffic: Traffic;
  readonly json: boolean;
}

/**
 * Reads `--requests 10e6 --ms 40 --memory 256 --kb 4 [--cache 0.5] [--hit-rate 0.5] [--json]`; these are the defaults.
 *
 * @throws InfraError `INFRA_ARGUMENT_INVALID`
 */
export function parseCostArguments(args: readonly string[]): CostArguments {
  const { values } = parseOptions({
    args: [...args],
    options: {
      requests: { type: 'string', default: '10e6' },
      ms: { type: 'string', default: '40' },
      memory: { type: 'string', default: '256' },
      kb: { type: 'string', default: '4' },
      cache: { type: 'string', default: '0.5' },
      'hit-rate': { type: 'string', default: '0.5' },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    json: values.json,
    traffic: {
      requests: within('requests', values.requests, [1, 1e12]),
      ms: within('ms', values.ms, [1, 900_000]),
      memoryMb: within('memory', values.memory, [128, 10_240]),
      kb: within('kb', values.kb, [0, 20_480]),
      cacheGb: cacheSize(values.cache),
      hitRate: within('hit-rate', values['hit-rate'], [0, 1]),
    },
  };
}

function within(name: string, text: string, [least, most]: readonly [number, number]): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= least && value <= most)) {
    throw new InfraError('INFRA_ARGUMENT_INVALID', [
      { at: `--${name} ${text}`, message: `must be a number from ${least} to ${most}` },
    ]);
  }
  return value;
}

function cacheSize(text: string): CacheSizeGb {
  const sizes = Object.keys(PRICES.restApi.cachePerHour);
  if (!sizes.includes(text)) {
    throw new InfraError('INFRA_ARGUMENT_INVALID', [
      { at: `--cache ${text}`, message: `must be one of ${sizes.join(', ')} (GB)` },
    ]);
  }
  return Number(text) as CacheSizeGb;
}
