import { readFile } from 'node:fs/promises';

/** What the local host writes while it runs (`.gatehouse/local.json`). */
export interface HostState {
  readonly console?: string;
  readonly apis: readonly { readonly name: string; readonly kind: 'http' | 'rest'; readonly url: string }[];
  readonly functionUrls: readonly {
    readonly name: string;
    readonly authType: 'NONE' | 'AWS_IAM';
    readonly url: string;
  }[];
  readonly aws: {
    readonly region: string;
    readonly endpoints: { readonly dynamodb: string; readonly secretsManager: string; readonly ssm: string };
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

export const defaultStateFile = '.gatehouse/local.json';

/** The state of a running host; undefined when there is no such file. */
export async function readHostState(file: string): Promise<HostState | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as HostState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
