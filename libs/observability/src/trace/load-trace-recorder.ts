import type { AsyncHook } from 'node:async_hooks';
import type { TraceRecorder } from './trace-recorder.ts';

let loaded: Promise<TraceRecorder> | undefined;

/**
 * Loads the recorder when the first sampled invocation needs it; one for the life of the execution environment.
 *
 * The X-Ray SDK installs an async hook while it is loaded, which then costs every `await` of the process twenty times
 * its price. The recorder passes parents on by itself, so the hook is turned off again.
 */
export function loadTraceRecorder(service: string): Promise<TraceRecorder> {
  loaded ??= withoutAsyncHooks(() => import('./powertools-recorder.ts')).then(
    ({ createPowertoolsRecorder }) => createPowertoolsRecorder(service),
  );
  return loaded;
}

async function withoutAsyncHooks<T>(load: () => Promise<T>): Promise<T> {
  const asyncHooks = process.getBuiltinModule('node:async_hooks');
  const { createHook } = asyncHooks;
  const hooks: AsyncHook[] = [];
  asyncHooks.createHook = (callbacks) => {
    const hook = createHook(callbacks);
    hooks.push(hook);
    return hook;
  };
  try {
    return await load();
  } finally {
    asyncHooks.createHook = createHook;
    for (const hook of hooks) hook.disable();
  }
}
