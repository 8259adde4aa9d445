import type { UserProfile } from '../model/user.ts';

/** A JSON merge patch of a profile: absent keeps, `null` removes what may be absent, a value replaces. */
export interface ProfilePatch {
  readonly email?: string;
  readonly name?: string;
  readonly locale?: string | null;
}

/**
 * RFC 7396 2, for a target whose members are all scalars: each member of the patch replaces the target's, and `null`
 * removes it.
 */
export function applyProfilePatch(profile: UserProfile, patch: ProfilePatch): UserProfile {
  const locale = patch.locale === undefined ? profile.locale : patch.locale;
  return {
    email: patch.email ?? profile.email,
    name: patch.name ?? profile.name,
    ...(locale === undefined || locale === null ? {} : { locale }),
  };
}
