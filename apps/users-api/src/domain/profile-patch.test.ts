import fc from 'fast-check';
import type { UserProfile } from '../model/user.ts';
import { applyProfilePatch, type ProfilePatch } from './profile-patch.ts';

const profile: UserProfile = { email: 'ada@example.com', name: 'Ada', locale: 'en' };

describe('applyProfilePatch', () => {
  it.each<[string, ProfilePatch, UserProfile]>([
    ['keeps what the patch does not have', {}, profile],
    ['replaces what it has', { name: 'Ada King' }, { ...profile, name: 'Ada King' }],
    ['removes what it has as null', { locale: null }, { email: 'ada@example.com', name: 'Ada' }],
    ['adds what was not there', { locale: 'fr' }, { ...profile, locale: 'fr' }],
  ])('%s', (_, patch, patched) => {
    expect(applyProfilePatch(profile, patch)).toEqual(patched);
  });

  /** RFC 7396 2, as its pseudocode has it. */
  function mergePatch(target: Readonly<Record<string, unknown>>, patch: object): object {
    const merged = new Map(Object.entries(target));
    for (const [name, value] of Object.entries(patch)) {
      if (value === null) {
        merged.delete(name);
      } else {
        merged.set(name, value);
      }
    }
    return Object.fromEntries(merged);
  }

  it('does what the pseudocode of RFC 7396 does, and doing it twice changes nothing more', () => {
    const text = fc.string();
    const patches = fc.record(
      { email: text, name: text, locale: fc.option(text, { nil: null }) },
      { requiredKeys: [] },
    );
    const profiles = fc.record(
      { email: text, name: text, locale: text },
      { requiredKeys: ['email', 'name'] },
    );
    fc.assert(
      fc.property(profiles, patches, (target, patch) => {
        const once = applyProfilePatch(target, patch);
        expect(once).toEqual(mergePatch(target, patch));
        expect(applyProfilePatch(once, patch)).toEqual(once);
      }),
    );
  });
});
