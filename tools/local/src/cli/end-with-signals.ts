/** What is asked of the host by signals. */
export interface SignalHandlers {
  /** Ends everything in order. Called once. */
  readonly close: () => Promise<void>;
  readonly exit: (code: number) => void;
  readonly notice: (text: string) => void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Exit codes by which a shell knows the signal: 128 and its number. */
const exitCodes: Readonly<Record<(typeof signals)[number], number>> = {
  SIGINT: 130,
  SIGTERM: 143,
  SIGHUP: 129,
};

/**
 * The first signal ends the host in order; a second one ends it at once. An ordinary end by SIGINT or SIGTERM exits
 * with 0: it is how the host is meant to be ended.
 *
 * @returns what takes the handlers away again.
 */
export function endWithSignals(source: NodeJS.EventEmitter, handlers: SignalHandlers): () => void {
  let closing = false;
  const listeners = signals.map((signal) => {
    const listener = (): void => {
      if (closing) {
        handlers.exit(exitCodes[signal]);
        return;
      }
      closing = true;
      handlers.notice('stopping (again to stop at once)');
      handlers.close().then(
        () => handlers.exit(0),
        () => handlers.exit(1),
      );
    };
    source.on(signal, listener);
    return () => source.off(signal, listener);
  });
  return () => listeners.forEach((remove) => remove());
}
