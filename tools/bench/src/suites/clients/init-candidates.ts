/** A program of `create` and `call`, as a function would have them at module scope and in its handler. */
export interface InitCandidate {
  readonly name: string;
  readonly program: string;
  /** True for those that are resolved in the peers' folder. */
  readonly peer?: true;
}

const key = '{ pk: "a" }';

/** Node's own client, and ours, up to the moment where a request could be sent. */
export const clientInits: readonly InitCandidate[] = [
  {
    name: 'node:https',
    program: `import https from 'node:https'; export const create = () => new https.Agent({ keepAlive: true });`,
  },
  {
    name: 'ours',
    program: `import { createHttpClient } from '@gatehouse/clients';
      export const create = () => { process.getBuiltinModule('node:https'); return createHttpClient(); };`,
  },
  {
    name: 'undici',
    program: `import { Pool } from 'undici'; export const create = () => new Pool('http://127.0.0.1:1');`,
  },
  { name: 'fetch', program: `export const create = () => fetch('data:,');` },
  {
    name: 'axios',
    peer: true,
    program: `import axios from 'axios'; export const create = () => axios.create();`,
  },
];

/** Each AWS client: made, and the answer of one call. The endpoint comes by AWS_ENDPOINT_URL. */
export const awsInits: readonly InitCandidate[] = [
  {
    name: 'DynamoDB: one signed call (ours)',
    program: `import { dynamoDocuments } from '@gatehouse/clients';
      export const create = () => dynamoDocuments();
      export const call = (documents) => documents.get({ TableName: 'documents', Key: ${key} });`,
  },
  {
    name: 'DynamoDB: @aws-lite/client',
    peer: true,
    program: `import awsLite from '@aws-lite/client'; import * as dynamodb from '@aws-lite/dynamodb';
      export const create = () => awsLite({ endpoint: process.env.AWS_ENDPOINT_URL, plugins: [dynamodb], keepAlive: true });
      export const call = (aws) => aws.DynamoDB.GetItem({ TableName: 'documents', Key: ${key} });`,
  },
  {
    name: 'DynamoDB: AWS SDK',
    program: `import { dynamoDocumentClient } from '@gatehouse/clients/sdk';
      export const create = () => dynamoDocumentClient();
      export const call = (documents) => documents.get({ TableName: 'documents', Key: ${key} });`,
  },
  {
    name: 'Secrets Manager: one signed call (ours)',
    program: `import { secretStore } from '@gatehouse/clients';
      export const create = () => secretStore();
      export const call = (secrets) => secrets.read('a');`,
  },
  {
    name: 'Secrets Manager: @aws-lite/client',
    peer: true,
    program: `import awsLite from '@aws-lite/client';
      export const create = () => awsLite({ endpoint: process.env.AWS_ENDPOINT_URL, plugins: [], keepAlive: true });
      export const call = (aws) => aws({ service: 'secretsmanager', headers: { 'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'secretsmanager.GetSecretValue' }, payload: { SecretId: 'a' } });`,
  },
  {
    name: 'Secrets Manager: AWS SDK',
    program: `import { secretsManagerClient } from '@gatehouse/clients/sdk';
      import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
      export const create = () => secretsManagerClient();
      export const call = (client) => client.send(new GetSecretValueCommand({ SecretId: 'a' }));`,
  },
  {
    name: 'SSM: one signed call (ours)',
    program: `import { parameterStore } from '@gatehouse/clients';
      export const create = () => parameterStore();
      export const call = (parameters) => parameters.read('/a');`,
  },
  {
    name: 'SSM: @aws-lite/client',
    peer: true,
    program: `import awsLite from '@aws-lite/client'; import * as ssm from '@aws-lite/ssm';
      export const create = () => awsLite({ endpoint: process.env.AWS_ENDPOINT_URL, plugins: [ssm], keepAlive: true });
      export const call = (aws) => aws.SSM.GetParameter({ Name: '/a' });`,
  },
  {
    name: 'SSM: AWS SDK',
    program: `import { ssmClient } from '@gatehouse/clients/sdk'; import { GetParameterCommand } from '@aws-sdk/client-ssm';
      export const create = () => ssmClient();
      export const call = (client) => client.send(new GetParameterCommand({ Name: '/a' }));`,
  },
];
