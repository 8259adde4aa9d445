export { startDynamoDb, type TestDynamoDb } from './start-dynamodb.ts';
