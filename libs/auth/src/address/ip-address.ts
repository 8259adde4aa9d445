import { isIPv4, isIPv6 } from 'node:net';

/** An address as a number of its family's size. */
export interface IpAddress {
  /** 32 for IPv4, 128 for IPv6. */
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** `::ffff:0:0/96`: IPv4 addresses in the form of IPv6 (RFC 4291 section 2.5.5.2). */
const MAPPED_PREFIX = 0xffffn;

/** Reads an IPv4 or IPv6 address (RFC 4291 section 2.2), in any spelling, without zone; undefined for any other text. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { bits: 32, value: valueOfIPv4(text) };
  // A zone names an interface of one host (RFC 4007 section 11), so it is no part of an address that comes from elsewhere.
  return isIPv6(text) && !text.includes('%') ? { bits: 128, value: valueOfIPv6(text) } : undefined;
}

/** Whether an IPv6 address stands for an IPv4 one, which are its last 32 bits. */
export function isMappedIPv4({ bits, value }: IpAddress): boolean {
  return bits === 128 && value >> 32n === MAPPED_PREFIX;
}

function valueOfIPv4(text: string): bigint {
  return text.split('.').reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function valueOfIPv6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const [left, right] = [groupsOf(head), groupsOf(tail ?? '')];
  const zeros = Array<bigint>(8 - left.length - right.length).fill(0n);
  return [...left, ...zeros, ...right].reduce((value, group) => (value << 16n) | group, 0n);
}

function groupsOf(text: string): readonly bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const value = valueOfIPv4(group);
    return [value >> 16n, value & 0xffffn];
  });
}
