import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may import whom (docs/architecture.md). A rank sees the ranks below it, never its own. */
const ranks = [
  { sourceTag: 'type:foundation', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:library', onlyDependOnLibsWithTags: ['type:foundation'] },
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['type:foundation', 'type:library'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:foundation', 'type:library', 'type:contract'] },
  { sourceTag: 'type:infra', onlyDependOnLibsWithTags: ['type:contract'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:foundation', 'type:library', 'type:contract'] },
  { sourceTag: 'type:local', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: [] },
];
const scopes = ['users', 'authorizer', 'webhook', 'infra', 'local', 'tools', 'e2e'].map((scope) => ({
  sourceTag: `scope:${scope}`,
  onlyDependOnLibsWithTags: [`scope:${scope}`, 'scope:shared'],
}));
/** The CDK belongs to infra: no other type may load it. */
const withoutCdk = ['foundation', 'library', 'contract', 'app', 'tool', 'local', 'e2e'].map((type) => ({
  sourceTag: `type:${type}`,
  bannedExternalImports: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag'],
}));

const awsSdk = {
  regex: '^@aws-sdk/',
  message: "AWS SDK clients come from @gatehouse/clients; commands belong in an app's adapter folder.",
};
const testing = {
  regex: '^@gatehouse/[^/]+/testing$',
  message: 'Test helpers are for tests, bench and tools alone.',
};
const exportAll = { selector: 'ExportAllDeclaration', message: 'Name what the library exports.' };
const environment = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'Only config.ts reads process.env, once, into a frozen object.',
};

export default tseslint.config(
  {
    ignores: ['**/dist', '**/node_modules', '**/coverage', '**/reports', '**/fixtures', '.nx', '.gatehouse'],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: ['../../eslint.config.mjs'],
          banTransitiveDependencies: true,
          depConstraints: [...ranks, ...scopes, ...withoutCdk],
        },
      ],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'no-restricted-imports': ['error', { patterns: [awsSdk, testing] }],
      'no-restricted-syntax': ['error', exportAll, environment],
    },
  },
  {
    files: ['**/config.ts'],
    rules: { 'no-restricted-syntax': ['error', exportAll] },
  },
  {
    files: ['libs/clients/**/*.ts', 'apps/*/src/adapters/**/*.ts', 'apps/*/src/store/dynamodb/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [testing] }] },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts', 'tools/**/*.ts', 'apps/e2e/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['tools/**/*.ts', 'apps/e2e/**/*.ts', 'apps/infra/src/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // Development tools hand their own environment on to the processes that they start.
    files: ['tools/bench/**/*.ts', 'tools/workspace/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', exportAll] },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts', 'apps/e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/max-params': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': ['error', exportAll],
    },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
);
