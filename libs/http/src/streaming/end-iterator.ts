/**
 * Has an iterator clean up, without waiting: a generator that awaits something ends only after that. What it fails with at its end has
 * nowhere to go, since nobody reads on.
 */
export function endIterator(iterator: AsyncIterator<unknown>): void {
  returned(iterator).catch(() => undefined);
}

async function returned(iterator: AsyncIterator<unknown>): Promise<void> {
  await iterator.return?.();
}
