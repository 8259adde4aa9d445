const path = require('node:path');
const esbuild = require('esbuild');

/**
 * An esbuild plugin that puts Powertools Tracer, and the X-Ray SDK with it, into a file of its own, `tracer.cjs`, beside the
 * bundle: an invocation that is not sampled then does not even parse them. Without the plugin they are a part of the bundle that
 * is parsed but not run.
 *
 * For @nx/esbuild: `"esbuildConfig": "libs/observability/esbuild/with-tracer-file.cjs"` in the options of `build`.
 *
 * @returns {import('esbuild').Plugin}
 */
function tracerFile() {
  return {
    name: 'tracer-file',
    setup(build) {
      const { initialOptions } = build;
      let recorder;
      build.onResolve({ filter: /\/powertools-recorder\.ts$/ }, (args) => {
        if (args.kind !== 'dynamic-import') return undefined;
        recorder = path.resolve(args.resolveDir, args.path);
        return { path: './tracer.cjs', external: true };
      });
      build.onEnd(async ({ errors }) => {
        if (recorder === undefined || errors.length > 0) return;
        const directory = initialOptions.outdir ?? path.dirname(initialOptions.outfile);
        await esbuild.build({
          entryPoints: [recorder],
          outfile: path.join(directory, 'tracer.cjs'),
          bundle: true,
          platform: 'node',
          format: 'cjs',
          target: initialOptions.target,
          tsconfig: initialOptions.tsconfig,
          minify: initialOptions.minify,
          sourcemap: initialOptions.sourcemap,
          logLevel: 'error',
        });
      });
    },
  };
}

module.exports = { tracerFile };
