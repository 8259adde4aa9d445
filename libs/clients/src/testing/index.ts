export { startChaosProxy, type ChaosProxy, type Fault } from './chaos-proxy.ts';
export { freePort } from './free-port.ts';
export {
  connectDynamoDb,
  hasDynamoDb,
  startDynamoDb,
  testAwsSettings,
  type KeyAttributes,
  type TestDynamoDb,
  type TestTable,
} from './start-dynamodb.ts';
export { testCertificate } from './test-certificate.ts';
export { startTestServer, type Answer, type SeenRequest, type TestServer } from './test-server.ts';
