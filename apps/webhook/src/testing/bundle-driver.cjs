// Runs the built receiver as Lambda would, in a process of its own. Each event names the time that it is then.
let nowMs = 0;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...values) {
    super(...(values.length === 0 ? [nowMs] : values));
  }
  static now() {
    return nowMs;
  }
};

const bundle = require(process.argv[2]);
const context = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: 'receiver',
  getRemainingTimeInMillis: () => 10_000,
};

process.on('message', async ({ id, nowMs: now, event }) => {
  nowMs = now;
  const outcome = await bundle.handler(event, context).then(
    (result) => ({ result }),
    (error) => ({ error: String(error) }),
  );
  process.send({ id, ...outcome });
});
process.send({ ready: true });
