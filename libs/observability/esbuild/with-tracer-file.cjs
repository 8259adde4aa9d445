const { tracerFile } = require('./tracer-file.cjs');

/** What a function's build adds to its esbuild options. */
module.exports = { plugins: [tracerFile()] };
