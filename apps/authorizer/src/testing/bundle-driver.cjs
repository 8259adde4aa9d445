// Runs the built bundle as Lambda would, in a process of its own: a frozen clock, and every connection noted.
const net = require('node:net');

const nowMs = Number(process.argv[3]);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...values) {
    super(...(values.length === 0 ? [nowMs] : values));
  }
  static now() {
    return nowMs;
  }
};

const connections = [];
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  connections.push(`${options.host}:${options.port}`);
  return connect.apply(this, args);
};

const bundle = require(process.argv[2]);
const context = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: 'authorizer',
  getRemainingTimeInMillis: () => 10_000,
};

process.on('message', async ({ id, name, event }) => {
  const from = connections.length;
  const outcome = await bundle[name](event, context).then(
    (result) => ({ result }),
    (error) => ({ error: { name: error.name, message: error.message, stack: error.stack } }),
  );
  process.send({ id, ...outcome, connections: connections.slice(from) });
});
process.send({ ready: Object.keys(bundle).sort() });
