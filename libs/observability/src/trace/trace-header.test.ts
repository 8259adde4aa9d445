import { formatTraceHeader, parseTraceHeader, parseTraceparent } from './trace-header.ts';

const root = '1-5759e988-bd862e3fe1be46a994272793';

describe('parseTraceHeader', () => {
  it.each([
    [`Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`, { root, parent: '53995c3f42cd8ad8', sampled: true }],
    [
      `Root=${root};Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:a:0`,
      { root, parent: '53995c3f42cd8ad8', sampled: false },
    ],
    [`Sampled=1; Root=${root}`, { root, sampled: true }],
    [`Root=${root};Parent=zz;Sampled=?`, { root, sampled: false }],
    ['Root=1-x;Sampled=1', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads "%s"', (header, expected) => {
    expect(parseTraceHeader(header)).toEqual(expected);
  });

  it('reads what formatTraceHeader writes', () => {
    const trace = { root, parent: '53995c3f42cd8ad8', sampled: true };
    expect(parseTraceHeader(formatTraceHeader(trace))).toEqual(trace);
  });
});

describe('parseTraceparent', () => {
  const id = '0af7651916cd43dd8448eb211c80319c';
  it.each([
    [`00-${id}-b7ad6b7169203331-01`, id],
    [` 00-${id}-b7ad6b7169203331-00 `, id],
    [`01-${id}-b7ad6b7169203331-01-more`, id],
    [`00-${id}-b7ad6b7169203331-01-more`, undefined],
    [`ff-${id}-b7ad6b7169203331-01`, undefined],
    [`00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined],
    [`00-${id}-${'0'.repeat(16)}-01`, undefined],
    [`00-${id.toUpperCase()}-b7ad6b7169203331-01`, undefined],
    ['x', undefined],
    [undefined, undefined],
  ])('reads "%s" as %s', (header, expected) => {
    expect(parseTraceparent(header)).toBe(expected);
  });
});
