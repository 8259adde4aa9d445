import { BlockList } from 'node:net';
import fc from 'fast-check';
import { addressRangeFault, createAllowList } from './allow-list.ts';

describe('createAllowList', () => {
  const list = createAllowList(['203.0.113.0/24', '198.51.100.7', '2001:db8:1::/48', '2001:db8:2::1']);

  it.each([
    ['203.0.113.0', true],
    ['203.0.113.255', true],
    ['203.0.114.0', false],
    ['198.51.100.7', true],
    ['198.51.100.8', false],
    ['2001:db8:1::1', true],
    ['2001:DB8:1:ffff:ffff:ffff:ffff:ffff', true],
    ['2001:db8:2::1', true],
    ['2001:db8:2:0:0:0:0:1', true],
    ['2001:db8:3::', false],
    ['::ffff:203.0.113.7', true],
    ['::ffff:cb00:7107', true],
    ['::ffff:203.0.114.7', false],
    ['2001:db8:1::1%eth0', false],
    ['203.0.113.7 ', false],
    ['203.0.113', false],
    ['203.0.113.07', false],
    ['0xcb007107', false],
    ['3405803783', false],
    ['', false],
    ['unknown', false],
  ])('answers for %j with %s', (address, expected) => {
    expect(list.includes(address)).toBe(expected);
  });

  it.each([
    [[], false, false, false],
    [['0.0.0.0/0'], true, true, false],
    [['::/0'], false, false, true],
    [['::/1'], false, false, true],
    [['::ffff:0:0/96'], true, true, false],
    [['::ffff:0.0.0.0/96'], true, true, false],
    [['::/64'], false, false, false],
    [['0.0.0.0/0', '::/0'], true, true, true],
  ])('lets in by %j the family that it is of, and no other', (ranges, ipv4, mapped, ipv6) => {
    const { includes } = createAllowList(ranges);
    expect(includes('203.0.113.7')).toBe(ipv4);
    expect(includes('::ffff:203.0.113.7')).toBe(mapped);
    expect(includes('2001:db8::1')).toBe(ipv6);
  });

  it('takes a range of IPv4 that is written as IPv6 for what it is', () => {
    const { includes } = createAllowList(['::ffff:203.0.113.0/120', '::ffff:c633:6407']);
    expect(['203.0.113.7', '203.0.114.7', '198.51.100.7', '198.51.100.8'].map(includes)).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('agrees with arithmetic on every IPv4 range', () => {
    const toText = (value: number): string =>
      [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
    const address = fc.nat(0xffffffff);
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 32 }), address, (base, prefix, other) => {
        const mask = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
        const first = (base & mask) >>> 0;
        const isInside = first === (other & mask) >>> 0;
        const { includes } = createAllowList([`${toText(first)}/${prefix}`]);
        expect(includes(toText(other))).toBe(isInside);
        expect(includes(`::ffff:${toText(other)}`)).toBe(isInside);
        expect(includes(toText(first))).toBe(true);
      }),
    );
  });

  it('agrees with Node’s own list on every IPv6 range', () => {
    const group = fc.integer({ min: 1, max: 0xffff });
    const toText = (groups: readonly number[]): string => groups.map((value) => value.toString(16)).join(':');
    const address = fc.array(group, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 8 }), address, (base, prefixGroups, other) => {
        const first = base.map((value, index) => (index < prefixGroups ? value : 0));
        const inside = other.map((value, index) => (index < prefixGroups ? base[index]! : value));
        const range = `${toText(first)}/${prefixGroups * 16}`;
        const node = new BlockList();
        node.addSubnet(toText(first), prefixGroups * 16, 'ipv6');
        for (const candidate of [toText(inside), toText(other)]) {
          expect(createAllowList([range]).includes(candidate)).toBe(node.check(candidate, 'ipv6'));
        }
      }),
    );
  });

  it('refuses to be made of what is no range', () => {
    expect(() => createAllowList(['nowhere'])).toThrow(
      new TypeError('nowhere is neither an address nor a range in CIDR notation'),
    );
    expect(() => createAllowList(['10.0.0.1/8'])).toThrow(
      new TypeError('10.0.0.1/8 has bits beyond its prefix: write the range’s first address'),
    );
  });
});

describe('addressRangeFault', () => {
  it.each([
    '203.0.113.7',
    '203.0.113.0/24',
    '0.0.0.0/0',
    '::/0',
    '2000::/9',
    '203.0.113.7/32',
    '::ffff:203.0.113.0/120',
    '2001:db8::/32',
    '2001:db8::/128',
    '::1',
  ])('finds none with %s', (text) => {
    expect(addressRangeFault(text)).toBeUndefined();
  });

  it.each([
    '',
    '203.0.113.0/33',
    '::/129',
    '203.0.113.0/',
    '203.0.113.0/08',
    '203.0.113.0/-1',
    'fe80::1%eth0',
    'a',
    '1.2.3',
    '1.2.3.4/24/8',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '1.2.3.4/24 ',
    '::/1234',
  ])('calls %j no range', (text) => {
    expect(addressRangeFault(text)).toBe('is neither an address nor a range in CIDR notation');
  });

  it.each([
    '203.0.113.7/24',
    '203.0.113.0/23',
    '0.0.0.1/0',
    '128.0.0.0/0',
    '2001:db8::1/64',
    '2001:db8::/9',
    '::1/0',
    '::ffff:203.0.113.7/120',
    '::ffff:0:0/95',
  ])('finds bits beyond the prefix of %s', (text) => {
    expect(addressRangeFault(text)).toBe('has bits beyond its prefix: write the range’s first address');
  });
});
