import { PARTS } from '../names.ts';
import { refusalOf } from '../testing/refusal.ts';
import { parseSynthArguments } from './synth-arguments.ts';

describe('the arguments of a synthesis', () => {
  it('are everything of dev by default', () => {
    expect(parseSynthArguments([])).toEqual({
      envs: ['dev'],
      parts: PARTS,
      bundles: 'dist/apps',
      out: 'dist/cdk.out',
      change: {},
    });
  });

  it('take a change of the table’s entry', () => {
    expect(parseSynthArguments(['--change', '{"fronts":["rest"]}']).change).toEqual({ fronts: ['rest'] });
  });

  it('take several environments and some parts', () => {
    expect(parseSynthArguments(['--env', 'dev,prod', '--apps', 'data, users-api'])).toMatchObject({
      envs: ['dev', 'prod'],
      parts: ['data', 'users-api'],
    });
  });

  it.each([
    [['--apps', 'users'], '--apps users'],
    [['--environment', 'dev'], '--environment dev'],
    [['--change', '{'], '--change {'],
    [['--change', '[]'], '--change []'],
  ])('%j are refused', (args, at) => {
    expect(refusalOf(() => parseSynthArguments(args))).toMatchObject({
      code: 'INFRA_ARGUMENT_INVALID',
      problems: [{ at }],
    });
  });
});
