import { InfraError } from '../errors.ts';

/** The refusal that a call throws; fails the test when there is none, or another error. */
export function refusalOf(run: () => unknown): InfraError {
  try {
    run();
  } catch (error) {
    if (error instanceof InfraError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
