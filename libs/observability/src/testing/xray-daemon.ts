import { createSocket } from 'node:dgram';

/** A segment document as the daemon gets it. Source: X-Ray developer guide, "Segment documents". */
export interface SegmentDocument {
  readonly name: string;
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id?: string;
  readonly type?: 'subsegment';
  readonly namespace?: 'aws' | 'remote';
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
  readonly aws?: Readonly<Record<string, unknown>>;
  readonly http?: Readonly<Record<string, unknown>>;
  readonly error?: boolean;
  readonly fault?: boolean;
  readonly throttle?: boolean;
  readonly cause?: Readonly<Record<string, unknown>>;
  readonly in_progress?: boolean;
  readonly start_time: number;
  readonly end_time?: number;
}

/** A listener in the place of the X-Ray daemon. */
export interface TestXrayDaemon {
  /** For `AWS_XRAY_DAEMON_ADDRESS`. */
  readonly address: string;
  /** What has come so far, in order. */
  readonly segments: SegmentDocument[];
  close(): Promise<void>;
}

/** Listens on a free UDP port of 127.0.0.1. */
export async function startXrayDaemon(): Promise<TestXrayDaemon> {
  const segments: SegmentDocument[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (datagram) => {
    const [header, document] = datagram.toString().split('\n', 2);
    if (header !== '{"format":"json","version":1}') throw new Error(`not a segment: ${header ?? ''}`);
    segments.push(JSON.parse(document ?? '') as SegmentDocument);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    segments,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
