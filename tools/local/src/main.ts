#!/usr/bin/env node
import { describeFronts, describeNoEffect, describeUnsupported } from './cli/describe-host.ts';
import { endWithSignals } from './cli/end-with-signals.ts';
import { formatError } from './cli/format-error.ts';
import { parseArguments, usage } from './cli/parse-arguments.ts';
import type { ServeArguments } from './cli/parse-arguments.ts';
import { readConfig } from './config.ts';
import { startHost } from './host/start-host.ts';
import type { RunningHost } from './host/start-host.ts';
import { installRuntime } from './lambda/runtimes/install-runtime.ts';
import { formatLogEntry } from './log/format-log-entry.ts';
import { createLogHistory } from './log/log-history.ts';
import { formatTraceEvent } from './trace/format-request.ts';
import { createRequestHistory } from './trace/request-history.ts';
import { createSegmentHistory } from './trace/segment-history.ts';
import { version } from './version.ts';

const print = (text: string | undefined): void => {
  if (text !== undefined) process.stdout.write(`${text}\n`);
};

async function serve(args: ServeArguments): Promise<void> {
  const requests = createRequestHistory();
  const logs = createLogHistory();
  let host: RunningHost | undefined;
  const fail = (error: unknown): void => {
    process.stderr.write(`${formatError(error)}\n`);
    process.exitCode = 1;
  };
  const starting = startHost(args, {
    ...readConfig(),
    history: { requests, logs, segments: createSegmentHistory() },
    trace(event) {
      requests.record(event);
      print(formatTraceEvent(event, requests.find(event.requestId)));
    },
    functionLog(entry) {
      logs.record(entry);
      print(formatLogEntry(entry));
    },
    notice: print,
    failed(error) {
      fail(error);
      void host?.close().finally(() => process.exit(1));
    },
  });
  endWithSignals(process, {
    notice: print,
    exit: (code) => process.exit(code),
    close: async () => (await starting).close(),
  });
  try {
    host = await starting;
  } catch (error) {
    fail(error);
    process.exit(1);
  }
  print(describeFronts(host));
  print(describeUnsupported(host.model, args.verbose));
  print(describeNoEffect(host.model, args.verbose));
  // performance.now() counts from the start of the process.
  print(`ready ${Math.round(performance.now())} ms`);
}

async function main(argv: readonly string[]): Promise<void> {
  const command = parseArguments(argv);
  switch (command.kind) {
    case 'help':
      print(usage);
      return;
    case 'version':
      print(version);
      return;
    case 'install-runtime': {
      const { executable, cached } = await installRuntime(command.runtime);
      print(`${command.runtime} ${cached ? 'is already' : 'is now'} at ${executable}`);
      return;
    }
    case 'serve':
      await serve(command);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${formatError(error)}\n`);
  process.exitCode = 1;
});
