import type { Json, JsonObject } from '../assembly/json.ts';
import { assemblyOf } from '../assembly/testing/in-memory-assembly.ts';
import { buildModel } from './build-model.ts';
import { inlineFunction, modelOf } from './testing/model-of.ts';

const resource = (type: string, properties: JsonObject = {}): JsonObject => ({
  Type: type,
  Properties: properties,
});

describe('what is not simulated', () => {
  it('is listed by type, and by property for the types that are simulated', () => {
    const { unsupported } = modelOf({
      Acl: resource('AWS::WAFv2::WebACL'),
      Fn: resource('AWS::Lambda::Function', {
        ...(inlineFunction['Properties'] as JsonObject),
        Layers: ['arn:aws:lambda:eu-west-1:1:layer:l:1'],
        Environment: { Variables: {}, Colour: 'blue' },
      }),
    });
    expect(unsupported.map(({ type, property }) => [type, property])).toEqual([
      ['AWS::WAFv2::WebACL', undefined],
      ['AWS::Lambda::Function', 'Layers'],
      ['AWS::Lambda::Function', 'Environment.Colour'],
    ]);
  });

  it.each<readonly [string, Json]>([
    ['false', false],
    ['an empty list', []],
    ['AWS::NoValue', { Ref: 'AWS::NoValue' }],
  ])('is not listed when it is %s: it asks for nothing', (_name, value) => {
    const { unsupported } = modelOf({
      Fn: resource('AWS::Lambda::Function', {
        ...(inlineFunction['Properties'] as JsonObject),
        Layers: value,
      }),
    });
    expect(unsupported).toEqual([]);
  });

  it('and cannot be resolved either is listed all the same', () => {
    const { unsupported } = modelOf({
      Fn: resource('AWS::Lambda::Function', {
        ...(inlineFunction['Properties'] as JsonObject),
        Layers: [{ 'Fn::ImportValue': 'elsewhere' }],
      }),
    });
    expect(unsupported).toMatchObject([{ property: 'Layers' }]);
  });

  it('is counted apart where it changes nothing here', () => {
    const { noEffect, unsupported } = modelOf({
      Fn: resource('AWS::Lambda::Function', {
        ...(inlineFunction['Properties'] as JsonObject),
        Description: 'says hello',
      }),
      R1: resource('AWS::IAM::Role'),
      R2: resource('AWS::IAM::Role'),
      Meta: resource('AWS::CDK::Metadata'),
      Logs: resource('AWS::Logs::LogGroup'),
    });
    expect(unsupported).toEqual([]);
    expect(noEffect).toEqual([
      { type: 'AWS::Lambda::Function', property: 'Description', count: 1 },
      { type: 'AWS::IAM::Role', count: 2 },
      { type: 'AWS::CDK::Metadata', count: 1 },
      { type: 'AWS::Logs::LogGroup', count: 1 },
    ]);
  });

  it('is counted by its section where a template has one that checks deployments', () => {
    const model = buildModel(
      assemblyOf({ App: { Rules: {}, Resources: { Q: { Type: 'AWS::SQS::Queue' } } } }),
    );
    expect(model.noEffect).toEqual([{ type: 'template section Rules', count: 1 }]);
  });
});
