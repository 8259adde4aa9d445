import { isIPv4, isIPv6 } from 'node:net';
import * as v from 'valibot';

const RANGE = /^([0-9a-fA-F.:]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/;

/**
 * An IPv4 or IPv6 address, or a block in CIDR notation: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`. One with bits beyond
 * its prefix is refused, as the authorizer refuses it, which would find it when it starts.
 */
export const addressRange = v.pipe(
  v.string(),
  v.check(
    (text) => parse(text) !== undefined,
    'must be an address, or a block such as 203.0.113.0/24 or 2001:db8::/32',
  ),
  v.check(
    (text) => parse(text)?.hasHostBits !== true,
    'has bits beyond its prefix: write the first address of the block',
  ),
);

function parse(text: string): { readonly hasHostBits: boolean } | undefined {
  const [, address = '', prefix] = RANGE.exec(text) ?? [];
  if (!isIPv4(address) && !isIPv6(address)) return undefined;
  const bits = isIPv4(address) ? bitsOfIPv4(address) : bitsOfIPv6(address);
  const length = prefix === undefined ? bits.length : Number(prefix);
  return length > bits.length ? undefined : { hasHostBits: bits.slice(length).includes('1') };
}

function bitsOfIPv4(address: string): string {
  return address
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
}

function bitsOfIPv6(address: string): string {
  // A URL's host is the address in groups of hexadecimal digits alone, whatever its spelling.
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [left, right] = [bitsOfGroups(head), bitsOfGroups(tail)];
  return left + '0'.repeat(128 - left.length - right.length) + right;
}

function bitsOfGroups(text: string): string {
  if (text === '') return '';
  return text
    .split(':')
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}
