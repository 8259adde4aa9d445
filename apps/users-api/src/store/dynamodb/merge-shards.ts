/** One page of one shard, ascending by the wanted order. */
export interface ShardPage<Item> {
  readonly items: readonly Item[];
  /** Where the shard goes on; absent when it is at its end. */
  readonly next?: unknown;
}

export interface MergeOptions<Item> {
  readonly shards: readonly string[];
  /** Reads the next page of a shard; `from` is what the page before gave as `next`. */
  readonly readPage: (shard: string, from: unknown) => Promise<ShardPage<Item>>;
  /** Negative when `a` comes first. */
  readonly compare: (a: Item, b: Item) => number;
  /** How many items are wanted. */
  readonly count: number;
}

interface Cursor<Item> {
  readonly shard: string;
  items: readonly Item[];
  position: number;
  next: unknown;
}

/**
 * The first `count` items of sorted shards, in order. First pages are read together; a shard is read on only when its
 * page is used up, so that nothing is passed over and little is read in vain.
 */
export async function mergeShards<Item>(options: MergeOptions<Item>): Promise<Item[]> {
  const cursors = await Promise.all(
    options.shards.map(async (shard): Promise<Cursor<Item>> => {
      const page = await options.readPage(shard, undefined);
      return { shard, items: page.items, position: 0, next: page.next };
    }),
  );
  const merged: Item[] = [];
  while (merged.length < options.count) {
    // A shard whose next item is unknown might hold the smallest of all.
    await Promise.all(cursors.map((cursor) => fill(cursor, options)));
    const smallest = smallestOf(cursors, options.compare);
    if (smallest === undefined) {
      break;
    }
    merged.push(smallest.item);
    smallest.cursor.position += 1;
  }
  return merged;
}

/** Reads on until the shard has an item to offer or is at its end: a page may be empty and yet not the last. */
async function fill<Item>(cursor: Cursor<Item>, options: MergeOptions<Item>): Promise<void> {
  while (cursor.position === cursor.items.length && cursor.next !== undefined) {
    const page = await options.readPage(cursor.shard, cursor.next);
    cursor.items = page.items;
    cursor.position = 0;
    cursor.next = page.next;
  }
}

function smallestOf<Item>(
  cursors: readonly Cursor<Item>[],
  compare: (a: Item, b: Item) => number,
): { cursor: Cursor<Item>; item: Item } | undefined {
  let smallest: { cursor: Cursor<Item>; item: Item } | undefined;
  for (const cursor of cursors) {
    const item = cursor.items[cursor.position];
    if (item !== undefined && (smallest === undefined || compare(item, smallest.item) < 0)) {
      smallest = { cursor, item };
    }
  }
  return smallest;
}
