import { randomUUID } from 'node:crypto';
import type { User } from '../../model/user.ts';

let serial = 0;

/** A user that collides with no other, created `serial` seconds into 2026. */
export function someUser(changes: Partial<User> = {}): User {
  serial += 1;
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, serial)).toISOString();
  return {
    id: randomUUID(),
    subject: `https://issuer.example/#person-${serial}`,
    email: `person-${serial}@example.com`,
    name: `Person ${serial}`,
    version: 1,
    createdAt,
    updatedAt: createdAt,
    ...changes,
  };
}
