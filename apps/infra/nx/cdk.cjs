const { spawn } = require('node:child_process');
const { join } = require('node:path');

/**
 * `nx deploy users-api -- --env dev`: passes everything after the dashes on as it was written. The ready-made executor for
 * commands cannot: `env` is an option of its own.
 */
module.exports = function cdk({ action, part, __unparsed__: given = [] }, { root }) {
  const script = join(root, 'dist/apps/infra/deploy.cjs');
  const child = spawn(process.execPath, [script, action, ...(part ? [part] : []), ...given], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve({ success: code === 0 }));
  });
};
