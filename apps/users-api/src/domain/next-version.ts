import type { User, UserProfile } from '../model/user.ts';

/**
 * The record with another profile, one version on. Time never goes back, whatever the clock does.
 *
 * @param nowMs milliseconds since the epoch
 */
export function nextVersion(user: User, profile: UserProfile, nowMs: number): User {
  const now = new Date(nowMs).toISOString();
  return {
    id: user.id,
    subject: user.subject,
    ...(user.externalId === undefined ? {} : { externalId: user.externalId }),
    email: profile.email,
    name: profile.name,
    ...(profile.locale === undefined ? {} : { locale: profile.locale }),
    version: user.version + 1,
    createdAt: user.createdAt,
    updatedAt: now > user.updatedAt ? now : user.updatedAt,
  };
}

/** True when both profiles say the same. */
export function sameProfile(a: UserProfile, b: UserProfile): boolean {
  return a.email === b.email && a.name === b.name && a.locale === b.locale;
}
