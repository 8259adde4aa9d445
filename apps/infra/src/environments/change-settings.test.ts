import { changeSettings } from './change-settings.ts';

const settings = { fronts: ['http'], cors: { origins: ['*'], credentials: false }, waf: { rate: 1 } };

describe('changeSettings', () => {
  it.each([
    ['a member', { fronts: ['rest'] }, { ...settings, fronts: ['rest'] }],
    [
      'a member of a member',
      { cors: { credentials: true } },
      { ...settings, cors: { origins: ['*'], credentials: true } },
    ],
    ['a member that was not there', { edge: { a: { b: 1 } } }, { ...settings, edge: { a: { b: 1 } } }],
    ['nothing', {}, settings],
  ])('changes %s', (_what, change, expected) => {
    expect(changeSettings(settings, change)).toEqual(expected);
  });

  it('takes out what is null', () => {
    expect(changeSettings(settings, { waf: null })).not.toHaveProperty('waf');
  });

  it('changes a copy', () => {
    const before = structuredClone(settings);
    changeSettings(settings, { cors: { origins: [] } });

    expect(settings).toEqual(before);
  });
});
