import path from 'node:path';
import { build as esbuild, type Plugin } from 'esbuild';

/** Files that the suite runs in fresh processes. */
export interface Drivers {
  readonly verify: string;
  readonly coldStart: string;
  /** The authorizer as it is deployed, and the same with the AWS SDK's client for its secret. */
  readonly authorizer: string;
  readonly authorizerWithSdk: string;
}

/** Builds the drivers and both authorizers with one set of options, into `dist/bench/auth`. */
export async function buildDrivers(workspaceRoot: string): Promise<Drivers> {
  const suite = path.join(workspaceRoot, 'tools/bench/src/suites/auth');
  const bundle = async (entry: string, name: string, plugins: Plugin[] = []): Promise<string> => {
    const outfile = path.join(workspaceRoot, 'dist/bench/auth', `${name}.cjs`);
    await esbuild({
      entryPoints: [entry],
      outfile,
      plugins,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      tsconfig: path.join(workspaceRoot, 'tsconfig.base.json'),
      logLevel: 'error',
    });
    return outfile;
  };
  const authorizer = path.join(workspaceRoot, 'apps/authorizer/src/main.ts');
  return {
    verify: await bundle(path.join(suite, 'verify-driver.ts'), 'verify'),
    coldStart: await bundle(path.join(suite, 'cold-start-driver.ts'), 'cold-start'),
    authorizer: await bundle(authorizer, 'authorizer'),
    authorizerWithSdk: await bundle(authorizer, 'authorizer-with-sdk', [
      replaceModule(/signed-secrets\.ts$/, path.join(suite, 'sdk-secret-store.ts')),
    ]),
  };
}

/** Resolves every import of a file to another one; fails the build when there was none, so that a moved file is noticed. */
function replaceModule(filter: RegExp, replacement: string): Plugin {
  return {
    name: 'replace-module',
    setup(build) {
      let isReplaced = false;
      build.onResolve({ filter }, () => {
        isReplaced = true;
        return { path: replacement };
      });
      build.onEnd(() =>
        isReplaced ? {} : { errors: [{ text: `nothing imports ${String(filter)} any more` }] },
      );
    },
  };
}
