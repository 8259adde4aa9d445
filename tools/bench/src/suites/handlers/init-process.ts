import { createRequire } from 'node:module';

/** One fresh process: the CPU time of loading one bundle, as Lambda's init phase does it; the loader itself is warm. */
function main([bundle = '']: readonly string[]): void {
  const require = createRequire(bundle);
  require('./empty.cjs');
  const start = process.cpuUsage();
  require(bundle);
  const { user, system } = process.cpuUsage(start);
  console.log(JSON.stringify({ initMs: (user + system) / 1000 }));
}

main(process.argv.slice(2));
