import { createHash } from 'node:crypto';
import { UsersError } from '../model/errors.ts';
import { isListPosition } from '../model/list-position.ts';
import type { ListOrder } from '../store/users-store.ts';

/** What a cursor stands for: a place in the list, in one order of it. */
export interface ListCursor {
  readonly order: ListOrder;
  /** See model/list-position.ts. */
  readonly position: string;
}

/** Changes when the meaning of a position changes, so that cursors of before are refused. */
const FORMAT = 'gatehouse users list 1';
const CHECKSUM_BYTES = 12;

/**
 * A cursor as opaque text: base64url of a checksum and the place. The checksum covers the order too, so that a cursor
 * goes on only with the list it came from. It shows tampering and mix-ups; it is no secret and needs none: whoever may
 * list may read every page (docs/adr: cursors carry a checksum, not a signature).
 */
export function toCursor({ order, position }: ListCursor): string {
  return Buffer.concat([checksum(order, position), Buffer.from(position, 'latin1')]).toString('base64url');
}

/** Reads `toCursor`'s text back for a list of this order. Throws `USERS_CURSOR_INVALID` for any other text. */
export function parseCursor(text: string, order: ListOrder): ListCursor {
  const bytes = Buffer.from(text, 'base64url');
  const position = bytes.subarray(CHECKSUM_BYTES).toString('latin1');
  // Comparing the whole text refuses every other spelling of the same bytes too.
  if (!isListPosition(position) || toCursor({ order, position }) !== text) {
    throw new UsersError('USERS_CURSOR_INVALID', 'The cursor is not one of this list in this order.');
  }
  return { order, position };
}

function checksum(order: ListOrder, position: string): Buffer {
  return createHash('sha256').update(`${FORMAT}\n${order}\n${position}`).digest().subarray(0, CHECKSUM_BYTES);
}
