export { evaluatePolicy, type PolicyDecision } from './evaluate-policy.ts';
export { mintToken, signText, TEST_CLAIMS, TEST_NOW_SECONDS, type Members } from './mint-token.ts';
export { createTestKey, signBytes, type TestKey } from './test-keys.ts';
