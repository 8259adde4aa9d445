/** Where the output of functions goes, line by line. */
export type LogSink = (line: FunctionLogLine) => void;

/** One line that a function or its runtime wrote. */
export interface FunctionLogLine {
  /** Epoch milliseconds at which the host read it. */
  readonly at: number;
  readonly functionName: string;
  /** The execution environment that wrote it. */
  readonly environmentId: string;
  /** The invocation that was running, when one was. */
  readonly requestId?: string;
  /** `platform` is what Lambda writes by itself: START, END, REPORT, a timeout, an exit. */
  readonly stream: 'stdout' | 'stderr' | 'platform';
  /** Without the line's end. */
  readonly text: string;
}
