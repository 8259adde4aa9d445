import { randomInt } from 'node:crypto';
import type { Place } from '../assembly/pseudo-parameters.ts';
import { createResolver } from '../assembly/resolver.ts';
import type { Assembly } from '../assembly/template.ts';
import type { AppModel } from './app-model.ts';
import { findUnsupported } from './find-unsupported.ts';
import { freezeDeep } from './freeze-deep.ts';
import type { RandomInt } from './generate-secret-string.ts';
import { readEventSources, readQueues } from './read-event-sources.ts';
import { readFunctionUrls } from './read-function-urls.ts';
import { readFunctions } from './read-functions.ts';
import { readHttpApis } from './read-http-apis.ts';
import { readRestApis } from './read-rest-apis.ts';
import { createSecretTexts, readParameters, readSecrets } from './read-secrets.ts';
import { readTables } from './read-tables.ts';
import { collectResources } from './resource-set.ts';
import type { ResourceSet } from './resource-set.ts';
import { createUnsupportedList } from './unsupported-list.ts';

export interface BuildModelOptions {
  /** Default: the region of the first stack that names one, else us-east-1. */
  readonly region?: string;
  /** Default: the account of the first stack that names one, else 000000000000. */
  readonly accountId?: string;
  /** Default aws. */
  readonly partition?: string;
  /** Values of template parameters, by `Stack:Name` or `Name`. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** Values by name of the secrets that templates import. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Where generated secrets come from. Default: node:crypto. */
  readonly randomInt?: RandomInt;
}

/**
 * Builds the model of an assembly: every stack together, every value resolved, frozen.
 *
 * @throws LocalError TEMPLATE_* when a value that is needed cannot be resolved, MODEL_INVALID when one has the wrong
 *   type; each with its path.
 */
export function buildModel(assembly: Assembly, options: BuildModelOptions = {}): AppModel {
  const place = placeOf(assembly, options);
  let resources: ResourceSet | undefined;
  const everything = (): ResourceSet => (resources ??= collectResources(resolver));
  const secretTexts = createSecretTexts(everything, options.secrets ?? {}, options.randomInt ?? randomInt);
  const resolver = createResolver(assembly, {
    place,
    parameters: options.parameters ?? new Map<string, string>(),
    secretText: (id) => secretTexts.find(id),
  });
  const all = everything();
  const unsupported = createUnsupportedList();
  const functions = readFunctions(all, unsupported);
  const model: Omit<AppModel, 'noEffect' | 'unsupported'> = {
    ...place,
    functions,
    restApis: readRestApis(all, unsupported),
    httpApis: readHttpApis(all, unsupported),
    functionUrls: readFunctionUrls(all, functions),
    tables: readTables(all),
    secrets: readSecrets(all, secretTexts),
    parameters: readParameters(all),
    eventSources: readEventSources(all, unsupported),
    queues: readQueues(all),
  };
  const sections = assembly.stacks.flatMap(({ template }) => template.otherSections);
  const noEffect = findUnsupported(all, sections, unsupported);
  return freezeDeep({ ...model, noEffect, unsupported: unsupported.entries });
}

function placeOf({ stacks }: Assembly, options: BuildModelOptions): Place {
  return {
    partition: options.partition ?? 'aws',
    region: options.region ?? stacks.find(({ region }) => region !== undefined)?.region ?? 'us-east-1',
    accountId:
      options.accountId ??
      stacks.find(({ accountId }) => accountId !== undefined)?.accountId ??
      '000000000000',
  };
}
