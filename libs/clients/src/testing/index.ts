export { startChaosProxy, type ChaosProxy, type Fault } from './chaos-proxy.ts';
export { startDynamoDb, type TestDynamoDb } from './start-dynamodb.ts';
export { testCertificate } from './test-certificate.ts';
export { startTestServer, type Answer, type SeenRequest, type TestServer } from './test-server.ts';
