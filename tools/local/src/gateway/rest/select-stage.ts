import { forbidden } from './refusals.ts';
import type { RestCall, StagedRestCall } from './rest-call.ts';

/**
 * The path's first segment names the stage. Slashes after it are one in the resource's path.
 *
 * @throws RestRefusal 403 `Forbidden`: a stage that does not exist is not told from one that may not be called.
 */
export function selectRestStage(call: RestCall): StagedRestCall {
  const { path } = call.request;
  const slash = path.indexOf('/', 1);
  const end = slash < 0 ? path.length : slash;
  const name = path.slice(1, end);
  const stage = call.api.stages.find((candidate) => candidate.name === name);
  if (stage === undefined) {
    throw forbidden({ step: 'stage', reason: `no stage is named ${JSON.stringify(name)}` });
  }
  return { stage, resourcePath: toResourcePath(path.slice(end)), ...call };
}

function toResourcePath(rest: string): string {
  return rest.startsWith('/') && rest[1] !== '/' ? rest : `/${rest.replace(/^\/+/, '')}`;
}
