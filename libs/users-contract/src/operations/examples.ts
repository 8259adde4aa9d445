/** Values of the documentation; a test holds each against its schema. */
export const exampleUser = {
  id: '6f1c2f0e-2f5b-4b1e-9a55-0c8f4c3f7a10',
  subject: 'https://issuer.example/#ada',
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  locale: 'en-GB',
  version: 1,
  createdAt: '2026-11-22T10:00:00.000Z',
  updatedAt: '2026-11-22T10:00:00.000Z',
} as const;

export const exampleRenamedUser = {
  ...exampleUser,
  name: 'Ada King',
  version: 2,
  updatedAt: '2026-11-22T11:30:00.000Z',
} as const;
