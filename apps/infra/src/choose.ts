import { parseOptions, runCommand } from './cli/options.ts';
import { choose, FRONT_FACTS, type NeedName, NEEDS } from './fronts/needs.ts';

const names = Object.keys(NEEDS) as NeedName[];

/** `nx run infra:choose -- --waf --usage-plans`: the fronts that have all of it. Without needs it lists what may be needed. */
void runCommand(() => {
  const { values } = parseOptions({
    args: process.argv.slice(2),
    options: {
      json: { type: 'boolean' },
      ...Object.fromEntries(names.map((name) => [name, { type: 'boolean' as const }])),
    },
  });
  const given: Readonly<Record<string, unknown>> = values;
  const needs = names.filter((name) => given[name] === true);
  const choice = choose(needs);
  if (given['json'] === true) {
    process.stdout.write(`${JSON.stringify({ needs, ...choice }, undefined, 2)}\n`);
    return 0;
  }
  const lines = [
    ...(needs.length === 0 ? ['What may be needed:', ...names.map(describe), ''] : []),
    ...(['url', 'http', 'rest'] as const).map((front) => {
      const { title, addedLatency, usdPerMillion } = FRONT_FACTS[front];
      const lacks = choice.lacks[front] ?? [];
      const verdict = lacks.length === 0 ? 'has it all' : `lacks ${lacks.join(', ')}`;
      return `${title.padEnd(13)} ${verdict}; latency ${addedLatency}; $${usdPerMillion.toFixed(2)} a million requests`;
    }),
    '',
    choice.recommended === undefined
      ? 'No single front has all of it: split the API, or see docs/fronts.md for CloudFront before a function URL.'
      : `Set fronts: ['${choice.recommended}'] in environments.ts. docs/fronts.md says why.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return choice.recommended === undefined ? 1 : 0;
});

function describe(name: NeedName): string {
  return `  --${name.padEnd(20)} ${NEEDS[name].question}`;
}
