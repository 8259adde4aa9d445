import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** An address range: `203.0.113.0/24`, `2001:db8::/32`, or one address. */
const RANGE = /^([0-9a-fA-F.:]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/;

/** The addresses that may come in. */
export interface AllowList {
  /** Whether `address` is in one of the ranges; an IPv4 address written as IPv6 (`::ffff:203.0.113.7`) counts as IPv4. */
  readonly includes: (address: string) => boolean;
}

/** Whether `text` is an IPv4 or IPv6 address or range in CIDR notation, without zone. */
export function isAddressRange(text: string): boolean {
  return parseRange(text) !== undefined;
}

/**
 * Makes an allow-list of ranges in CIDR notation (RFC 4632, RFC 4291 section 2.3).
 * @throws TypeError for a text that is no range; check with {@link isAddressRange} first.
 */
export function createAllowList(ranges: readonly string[]): AllowList {
  const list = new BlockList();
  for (const text of ranges) {
    const range = parseRange(text);
    if (range === undefined) throw new TypeError(`not an address range: ${text}`);
    list.addSubnet(range.address, range.prefix, range.family);
  }
  return {
    includes(address) {
      if (isIPv4(address)) return list.check(address, 'ipv4');
      return isIPv6(address) && !address.includes('%') && list.check(address, 'ipv6');
    },
  };
}

interface Range {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

function parseRange(text: string): Range | undefined {
  const [, address, prefixText] = RANGE.exec(text) ?? [];
  if (address === undefined) return undefined;
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (family === undefined) return undefined;
  const bits = family === 'ipv4' ? 32 : 128;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  return prefix <= bits ? { address, prefix, family } : undefined;
}
