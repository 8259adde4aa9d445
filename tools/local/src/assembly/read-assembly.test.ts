import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readAssembly, readTemplate } from './read-assembly.ts';
import { codeOf } from './testing/in-memory-assembly.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-assembly-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, content: unknown): void {
  const absolute = path.join(folder, file);
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, typeof content === 'string' ? content : JSON.stringify(content));
}

const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };
const stackArtifact = (templateFile: string, extra: object = {}): object => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/unknown-region',
  properties: { templateFile, ...extra },
});

describe('a cloud assembly', () => {
  it('gives its stacks with their names and environments', () => {
    write('manifest.json', {
      artifacts: {
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
        One: stackArtifact('One.template.json', { stackName: 'app-one' }),
        Two: { ...stackArtifact('Two.template.json'), environment: 'aws://111122223333/eu-west-1' },
      },
    });
    write('One.template.json', template);
    write('Two.template.json', template);
    const { stacks } = readAssembly(folder);
    expect(stacks.map(({ name, accountId, region }) => ({ name, accountId, region }))).toEqual([
      { name: 'app-one', accountId: undefined, region: undefined },
      { name: 'Two', accountId: '111122223333', region: 'eu-west-1' },
    ]);
  });

  it('finds file assets by their object keys', () => {
    write('manifest.json', {
      artifacts: {
        'One.assets': { type: 'cdk:asset-manifest', properties: { file: 'One.assets.json' } },
        One: stackArtifact('One.template.json'),
      },
    });
    write('One.template.json', template);
    write('One.assets.json', {
      files: {
        abc: {
          source: { path: 'asset.abc', packaging: 'zip' },
          destinations: { here: { bucketName: 'b', objectKey: 'abc.zip' } },
        },
        made: { source: { executable: ['make'] }, destinations: {} },
      },
    });
    expect(readAssembly(folder).stacks[0]!.assets).toEqual(
      new Map([['abc.zip', { path: path.join(folder, 'asset.abc'), packaging: 'zip' }]]),
    );
  });

  it('gives the stacks of its stages', () => {
    write('manifest.json', {
      artifacts: { Prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } } },
    });
    write('assembly-Prod/manifest.json', {
      artifacts: { S: stackArtifact('S.json', { stackName: 'Prod-S' }) },
    });
    write('assembly-Prod/S.json', template);
    expect(readAssembly(folder).stacks.map(({ name }) => name)).toEqual(['Prod-S']);
  });

  it.each([
    ['by the path in its metadata', { Metadata: { 'aws:asset:path': 'Child.json' } }],
    [
      'by the object key at the end of its URL',
      {
        Properties: {
          TemplateURL: {
            'Fn::Join': [
              '',
              ['https://s3.', { Ref: 'AWS::Region' }, '/', { 'Fn::Sub': 'bucket' }, '/child.json'],
            ],
          },
        },
      },
    ],
    ['by a path beside its parent', { Properties: { TemplateURL: './Child.json' } }],
  ])('finds a nested stack %s', (_name, resource) => {
    write('manifest.json', {
      artifacts: {
        'P.assets': { type: 'cdk:asset-manifest', properties: { file: 'P.assets.json' } },
        P: stackArtifact('P.json'),
      },
    });
    write('P.assets.json', {
      files: { x: { source: { path: 'Child.json' }, destinations: { d: { objectKey: 'child.json' } } } },
    });
    write('P.json', { Resources: { Child: { Type: 'AWS::CloudFormation::Stack', ...resource } } });
    write('Child.json', template);
    const [, child] = readAssembly(folder).stacks;
    expect(child!.name).toMatch(/^P-Child-[0-9A-Z]{12}$/);
    expect(child!.nestedIn).toMatchObject({ logicalId: 'Child', stack: { name: 'P' } });
  });
});

describe('what is no assembly is refused with a code', () => {
  it('a folder without a manifest', () => {
    expect(codeOf(() => readAssembly(folder))).toBe('ASSEMBLY_NOT_FOUND');
  });

  it.each<readonly [string, unknown, string]>([
    ['a manifest that is not JSON', '{', 'ASSEMBLY_UNREADABLE'],
    ['a manifest without artifacts', {}, 'ASSEMBLY_INVALID'],
    ['an assembly without stacks', { artifacts: {} }, 'ASSEMBLY_INVALID'],
    [
      'a stack without a template file',
      { artifacts: { S: { type: 'aws:cloudformation:stack' } } },
      'ASSEMBLY_INVALID',
    ],
    ['a template that is missing', { artifacts: { S: stackArtifact('S.json') } }, 'ASSEMBLY_NOT_FOUND'],
  ])('%s', (_name, manifest, code) => {
    write('manifest.json', manifest);
    expect(codeOf(() => readAssembly(folder))).toBe(code);
  });

  it.each<readonly [string, unknown]>([
    ['no object', []],
    ['no resources', {}],
    ['a resource without a type', { Resources: { A: {} } }],
    ['properties that are no object', { Resources: { A: { Type: 'T', Properties: [] } } }],
    ['a DependsOn that is no name', { Resources: { A: { Type: 'T', DependsOn: 5 } } }],
    ['a parameter without a type', { ...template, Parameters: { P: {} } }],
    ['an output without a value', { ...template, Outputs: { O: {} } }],
    ['a macro', { ...template, Transform: 'AWS::Serverless-2016-10-31' }],
    [
      'a nested stack that is nowhere',
      {
        Resources: {
          C: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://x/y.json' } },
        },
      },
    ],
  ])('a template with %s', (_name, content) => {
    write('t.json', content);
    expect(codeOf(() => readTemplate(path.join(folder, 't.json')))).toBe('TEMPLATE_INVALID');
  });

  it('a stack that nests itself', () => {
    write('t.json', {
      Resources: { C: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 't.json' } } },
    });
    expect(codeOf(() => readTemplate(path.join(folder, 't.json')))).toBe('TEMPLATE_INVALID');
  });
});

describe('a template file', () => {
  it('is a stack named as the file is', () => {
    write('hello.template.json', template);
    expect(readTemplate(path.join(folder, 'hello.template.json')).stacks[0]).toMatchObject({
      name: 'hello',
      directory: folder,
    });
  });
});
