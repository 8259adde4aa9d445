import fc from 'fast-check';
import { createAllowList, isAddressRange } from './allow-list.ts';

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

  it('lets nobody in by an empty list, and every address of a family by its /0', () => {
    expect(createAllowList([]).includes('203.0.113.7')).toBe(false);
    expect(createAllowList(['0.0.0.0/0']).includes('203.0.113.7')).toBe(true);
    expect(createAllowList(['0.0.0.0/0']).includes('2001:db8::1')).toBe(false);
  });

  it('agrees with arithmetic on every IPv4 range', () => {
    const toText = (value: number): string =>
      [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
    const address = fc.nat(0xffffffff);
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 32 }), address, (base, prefix, other) => {
        const mask = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
        const isInside = (base & mask) >>> 0 === (other & mask) >>> 0;
        expect(createAllowList([`${toText(base)}/${prefix}`]).includes(toText(other))).toBe(isInside);
      }),
    );
  });

  it('refuses to be made of what is no range', () => {
    expect(() => createAllowList(['nowhere'])).toThrow(new TypeError('not an address range: nowhere'));
  });
});

describe('isAddressRange', () => {
  it.each([
    '203.0.113.7',
    '203.0.113.0/24',
    '0.0.0.0/0',
    '::/0',
    '2001:db8::/9',
    '2001:db8::/32',
    '2001:db8::/128',
    '::1',
  ])('knows %s', (text) => {
    expect(isAddressRange(text)).toBe(true);
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
  ])('refuses %j', (text) => {
    expect(isAddressRange(text)).toBe(false);
  });
});
