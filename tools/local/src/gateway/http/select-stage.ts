import type { HttpCall, StagedHttpCall } from './http-call.ts';
import { HttpRefusal } from './http-refusal.ts';

/**
 * A stage is named by the path's first segment; `$default` serves what no named stage takes.
 *
 * @throws HttpRefusal 404
 */
export function selectHttpStage(call: HttpCall): StagedHttpCall {
  const { path } = call.request;
  const end = path.indexOf('/', 1);
  const first = end < 0 ? path.slice(1) : path.slice(1, end);
  const named = call.api.stages.find((stage) => stage.name === first && stage.name !== '$default');
  if (named !== undefined) return { stage: named, routePath: end < 0 ? '/' : path.slice(end), ...call };
  const fallback = call.api.stages.find((stage) => stage.name === '$default');
  if (fallback !== undefined) return { stage: fallback, routePath: path, ...call };
  throw new HttpRefusal(404, {
    step: 'stage',
    reason: `no stage is named ${JSON.stringify(first)} and there is no $default stage`,
  });
}
