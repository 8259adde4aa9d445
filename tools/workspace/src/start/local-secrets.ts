import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Secrets that people, not templates, put into an account: in dev, what the webhook providers sign with. */
const importedSecrets = ['gatehouse/dev/webhooks/standard'];

/**
 * Makes the file of imported secrets for the local host, readable by its owner alone, with a random Standard
 * Webhooks secret (`whsec_` and 24 bytes in base64) each. A file that exists is left as it is: put your own in.
 */
export async function ensureLocalSecrets(file: string): Promise<void> {
  const secrets = Object.fromEntries(
    importedSecrets.map((name) => [name, `whsec_${randomBytes(24).toString('base64')}`]),
  );
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
