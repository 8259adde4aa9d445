import type { Operation } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';
import type { Problem } from '../errors.ts';
import { CAPABILITIES, type Capability, nameFronts } from './capabilities.ts';

/** What an environment asks of a front that does not have it, each with the front that has. */
export function frontRefusals(
  environment: Environment,
  operations: readonly Operation[],
): readonly Problem[] {
  return [
    ...capabilityRefusals(environment),
    ...domainRefusals(environment),
    ...corsRefusals(environment, operations),
    ...authorizerRefusals(environment),
    ...urlRefusals(environment),
  ];
}

function capabilityRefusals(environment: Environment): readonly Problem[] {
  return Object.entries<Capability>(CAPABILITIES).flatMap(([member, capability]) => {
    if (!asksFor(environment[member as keyof typeof CAPABILITIES])) return [];
    const without = environment.fronts.filter((front) => !capability.fronts.includes(front));
    const served =
      capability.needs === 'every' ? without.length === 0 : without.length < environment.fronts.length;
    if (served) return [];
    const has = nameFronts(capability.fronts);
    const elsewhere = capability.elsewhere === undefined ? '' : `; ${capability.elsewhere}`;
    return [
      {
        at: `${environment.name}.${member}`,
        message: `${nameFronts(without)} does not have ${capability.name}; ${has} has${elsewhere}`,
      },
    ];
  });
}

function asksFor(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

function domainRefusals({ name, domains = {}, fronts, privateEndpoint }: Environment): readonly Problem[] {
  const problems: Problem[] = [];
  for (const front of ['http', 'rest'] as const) {
    if (domains[front] !== undefined && !fronts.includes(front)) {
      problems.push({ at: `${name}.domains.${front}`, message: `fronts does not have '${front}'` });
    }
  }
  if (domains.rest !== undefined && privateEndpoint !== undefined) {
    problems.push({
      at: `${name}.domains.rest`,
      message: 'a private REST API has no public host name; a REST API without privateEndpoint has',
    });
  }
  const basePaths = Object.values(domains).map((domain) => domain?.basePath ?? '');
  if (new Set(basePaths).size > 1) {
    problems.push({
      at: `${name}.domains`,
      message: 'one function answers below one base path: give both fronts the same',
    });
  }
  return problems;
}

/** An HTTP API compares origins as they are and answers for all its routes alike (R13). */
function corsRefusals(
  { name, fronts, cors }: Environment,
  operations: readonly Operation[],
): readonly Problem[] {
  if (!fronts.includes('http')) return [];
  const has = `${nameFronts(['rest', 'url'])} has`;
  return [
    ...cors.origins.flatMap((origin, index) =>
      origin.includes('*.')
        ? [{ at: `${name}.cors.origins.${index}`, message: `an HTTP API does not have patterns; ${has}` }]
        : [],
    ),
    ...operations.flatMap((operation) =>
      operation.cors === undefined || operation.access.kind === 'internal'
        ? []
        : [{ at: operation.id, message: `an HTTP API does not have origins per operation; ${has}` }],
    ),
  ];
}

function authorizerRefusals({ name, fronts, authorizer }: Environment): readonly Problem[] {
  const problems: Problem[] = [];
  if (authorizer.simpleResponses && !fronts.includes('http')) {
    problems.push({
      at: `${name}.authorizer.simpleResponses`,
      message: `${nameFronts(fronts)} does not have the simple format; an HTTP API has`,
    });
  }
  if (authorizer.kind === 'request' && fronts.includes('url')) {
    problems.push({
      at: `${name}.authorizer.kind`,
      message: `a function URL does not ask an authorizer; ${nameFronts(['http', 'rest'])} does`,
    });
  }
  return problems;
}

/** The public URL is that of an alias of its own, which no deployment moves step by step and nothing keeps warm. */
function urlRefusals({ name, fronts, canary, functions }: Environment): readonly Problem[] {
  if (!fronts.includes('url')) return [];
  const apis = nameFronts(['http', 'rest']);
  const problems: Problem[] = [];
  if (canary !== undefined) {
    problems.push({
      at: `${name}.canary`,
      message: `the public function URL has an alias of its own, which no deployment moves step by step; ${apis} has one that is`,
    });
  }
  if (fronts.length === 1 && functions.usersApi.provisionedConcurrency !== undefined) {
    problems.push({
      at: `${name}.functions.usersApi.provisionedConcurrency`,
      message: `the public function URL has an alias of its own, which nothing keeps warm; ${apis} has one that is`,
    });
  }
  return problems;
}
