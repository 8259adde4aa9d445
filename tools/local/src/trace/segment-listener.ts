import { createSocket } from 'node:dgram';
import { parseSegment } from './segment-history.ts';
import type { SegmentHistory } from './segment-history.ts';

export interface SegmentListener {
  /** `127.0.0.1:port`, the value of AWS_XRAY_DAEMON_ADDRESS. */
  readonly address: string;
  close(): Promise<void>;
}

/** Listens on a free UDP port of 127.0.0.1 in place of the X-Ray daemon, and keeps what tracers send. */
export async function startSegmentListener(history: SegmentHistory): Promise<SegmentListener> {
  const socket = createSocket('udp4');
  socket.on('message', (datagram) => {
    const segment = parseSegment(datagram.toString('utf8'));
    if (segment !== undefined) history.record(segment);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
