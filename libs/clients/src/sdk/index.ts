export {
  dynamoDocumentClient,
  secretsManagerClient,
  ssmClient,
  type SdkClientOptions,
} from './sdk-clients.ts';
