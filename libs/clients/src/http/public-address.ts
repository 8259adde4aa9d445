import type { LookupAddress } from 'node:dns';
import type { BlockList, LookupFunction } from 'node:net';
import { ClientsError } from '../errors.ts';
import { loadBuiltin } from '../load-builtin.ts';

/**
 * Networks that a URL from input may not lead to. Source: the IANA special-purpose address registries (IPv4 and IPv6), where
 * "globally reachable" is false, and multicast.
 */
const refusedNetworks: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, with the metadata and credentials endpoints of EC2, ECS and Lambda.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::1', 128],
  // Forms that carry an IPv4 address, which may be a private one: no public service is named by them.
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['100::', 64],
  ['2001:2::', 48],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  // Unique local, with AWS's fd00:ec2::254.
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

/** One list for each version: a single one would match IPv4 addresses against the network of mapped ones. */
let refused: { readonly ipv4: BlockList; readonly ipv6: BlockList } | undefined;

/** True for an address of the public internet; false for a private one, and for what is no address. */
export function isPublicAddress(address: string): boolean {
  const net = loadBuiltin('node:net');
  const version = net.isIP(address);
  if (version === 0) return false;
  refused ??= createBlockLists(net.BlockList);
  return version === 4 ? !refused.ipv4.check(address, 'ipv4') : !refused.ipv6.check(address, 'ipv6');
}

function createBlockLists(List: typeof BlockList): NonNullable<typeof refused> {
  const lists = { ipv4: new List(), ipv6: new List() };
  for (const [network, prefix] of refusedNetworks) {
    const version = network.includes(':') ? 'ipv6' : 'ipv4';
    lists[version].addSubnet(network, prefix, version);
  }
  return lists;
}

/**
 * A `lookup` for connections that may only lead to public addresses: names are resolved once, all their addresses are
 * judged, and the connection goes to those very addresses, so that a name cannot answer differently a second time.
 */
export function createPublicLookup(lookup?: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    const resolve = lookup ?? loadBuiltin('node:dns').lookup;
    const judge = (
      error: NodeJS.ErrnoException | null,
      found: string | LookupAddress[],
      family?: number,
    ): void => {
      if (error !== null) {
        callback(error, found, family);
        return;
      }
      const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
      const refusedAddress = addresses.find((address) => !isPublicAddress(address));
      if (refusedAddress === undefined) callback(null, found, family);
      else callback(refusal(hostname), found, family);
    };
    resolve(hostname, options, judge);
  };
}

function refusal(hostname: string): ClientsError {
  return new ClientsError('CLIENTS_TARGET_REFUSED', `${hostname} leads to an address that is not public`);
}
