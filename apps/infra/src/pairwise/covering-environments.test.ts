import { usersOperations } from '../contract/users-operations.ts';
import { environmentSchema } from '../environments/environment.ts';
import { coveringEnvironments, fieldsOf, isRelated } from './covering-environments.ts';
import { environmentOptions } from './options.ts';

const operations = usersOperations();
const options = environmentOptions(['getUser']);

/** Members that are no option, by what is to be said of them. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  logRetentionDays: 'a number, if one of a list',
  'authorizer.issuers': 'an option; its members are texts and lists of them',
};

interface SchemaLike {
  readonly type: string;
  readonly wrapped?: SchemaLike;
  readonly entries?: Readonly<Record<string, SchemaLike>>;
}

/** Dotted paths of a schema's members; numbers that have to be there are left out. */
function membersOf(schema: SchemaLike, path: readonly string[] = []): readonly string[] {
  if (schema.wrapped !== undefined) return membersOf(schema.wrapped, path);
  if (schema.entries === undefined) return [path.join('.')];
  return Object.entries(schema.entries)
    .filter(([, member]) => member.type !== 'number')
    .flatMap(([name, member]) => membersOf(member, [...path, name]));
}

describe('the options', () => {
  const fields = Object.values(options).flatMap((option) => Object.values(option).flatMap(fieldsOf));

  it('have every member of an environment but those left out by name', () => {
    const members = membersOf(environmentSchema);

    expect(members.length).toBeGreaterThan(50);
    expect(
      members.filter((member) => !(member in LEFT_OUT) && !fields.some((field) => isRelated(field, member))),
    ).toEqual([]);
  });
});

describe('the environments that cover the options', () => {
  const { accepted, coveredPairs, refused } = coveringEnvironments(operations);

  it('have every value of every option, and every pair that is not refused', () => {
    const pairs = new Set(
      accepted.flatMap(({ assignment }) => {
        const choices = Object.entries(assignment).map((choice) => choice.join('='));
        return choices.flatMap((one, index) => choices.slice(index + 1).map((other) => `${one}, ${other}`));
      }),
    );
    const sizes = Object.values(options).map((option) => Object.keys(option).length);
    const all = sizes.flatMap((one, index) => sizes.slice(index + 1).map((other) => one * other));

    expect(pairs.size).toBe(coveredPairs);
    expect(coveredPairs + refused.length).toBe(all.reduce((sum, count) => sum + count, 0));
    expect(refused.filter(({ pair }) => pairs.has(pair))).toEqual([]);
  });

  it('are few', () => {
    expect(accepted.length).toBeLessThan(60);
  });

  it('leave out only pairs that are refused at a field of one of the two', () => {
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter(({ refusal }) => refusal === undefined)).toEqual([]);
  });

  it.each([
    ['fronts=http, WAF=on', 'INFRA_FRONT_CANNOT', ['dev.waf']],
    ['callers=token, usage plans=by authorizer', 'INFRA_ENVIRONMENT_INVALID', ['dev.usagePlans.keySource']],
    ['simple responses=on, cors=pattern', 'INFRA_FRONT_CANNOT', ['dev.authorizer.simpleResponses']],
  ])('leave out %s', (pair, code, paths) => {
    const refusal = refused.find((candidate) => candidate.pair === pair)?.refusal;

    expect(refusal?.code).toBe(code);
    expect(refusal?.problems.map(({ at }) => at)).toEqual(paths);
  });
});
