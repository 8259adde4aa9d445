import { isMappedIPv4, parseIpAddress, type IpAddress } from './ip-address.ts';

/** An address range: `203.0.113.0/24`, `2001:db8::/32`, or one address. */
const RANGE = /^([0-9a-fA-F.:]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/;
const MAPPED_BITS = 96;

/** The addresses that may come in. */
export interface AllowList {
  /** Whether `address` is in one of the ranges; an IPv4 address written as IPv6 (`::ffff:203.0.113.7`) counts as IPv4. */
  readonly includes: (address: string) => boolean;
}

/**
 * Why `text` is no range of an allow-list, in words that may be shown; undefined when it is one: an IPv4 or IPv6 address, or a range in
 * CIDR notation without bits beyond its prefix, which may be the mistyped prefix of a narrower range.
 */
export function addressRangeFault(text: string): string | undefined {
  const range = parseRange(text);
  return typeof range === 'string' ? range : undefined;
}

/**
 * Makes an allow-list of ranges in CIDR notation (RFC 4632, RFC 4291 section 2.3). A range speaks of its own family alone: `::/0` is
 * every IPv6 address and no IPv4 one.
 *
 * @throws TypeError for a text that is no range; check with {@link addressRangeFault} first.
 */
export function createAllowList(ranges: readonly string[]): AllowList {
  const allowed = ranges.map((text) => {
    const range = parseRange(text);
    if (typeof range === 'string') throw new TypeError(`${text} ${range}`);
    return range;
  });
  return {
    includes(text) {
      const parsed = parseIpAddress(text);
      if (parsed === undefined) return false;
      const { bits, value } = isMappedIPv4(parsed) ? toIPv4(parsed) : parsed;
      return allowed.some((range) => range.bits === bits && value >> range.hostBits === range.network);
    },
  };
}

interface AddressRange {
  readonly bits: IpAddress['bits'];
  readonly hostBits: bigint;
  /** The bits before the host's. */
  readonly network: bigint;
}

function toIPv4({ value }: IpAddress): IpAddress {
  return { bits: 32, value: value & 0xffff_ffffn };
}

function parseRange(text: string): AddressRange | string {
  const [, addressText = '', prefixText] = RANGE.exec(text) ?? [];
  const written = parseIpAddress(addressText);
  const writtenPrefix = prefixText === undefined ? written?.bits : Number(prefixText);
  if (written === undefined || writtenPrefix === undefined || writtenPrefix > written.bits) {
    return 'is neither an address nor a range in CIDR notation';
  }
  const isIPv4 = isMappedIPv4(written) && writtenPrefix >= MAPPED_BITS;
  const { bits, value } = isIPv4 ? toIPv4(written) : written;
  const hostBits = BigInt(written.bits - writtenPrefix);
  const network = value >> hostBits;
  return network << hostBits === value
    ? { bits, hostBits, network }
    : 'has bits beyond its prefix: write the range’s first address';
}
