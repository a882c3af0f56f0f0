import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Forbids imports of the given folders, and of packages whose name begins with one of the given prefixes. */
const forbid = (reason, { folders = [], packages = [] }) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        ...folders.map((folder) => ({ regex: `^\\.\\.?/(.*/)?${folder}/`, message: reason })),
        ...packages.map((name) => ({ regex: `^${name}`, message: reason })),
      ],
    },
  ],
});

const environmentInOnePlace = { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Read the environment in platform/environment.ts only.' };
const namedExports = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };
// Of a namespace bundlers keep what is used, of the object `z` everything: 90 kB and 460 kB minified.
const zodAsNamespace = { selector: "ImportDeclaration[importKind='value'][source.value='zod'] > :not(ImportNamespaceSpecifier, Literal)", message: "Write import * as z from 'zod': bundles keep only what they use of it." };

const sdk = ['@aws-sdk/', '@smithy/'];
const cdk = ['aws-cdk-lib', 'constructs', 'cdk-nag'];

export default tseslint.config(
  { ignores: ['node_modules/', 'cdk.out/', '.cache/', 'coverage/', '**/*.js'] },
  js.configs.recommended,
  { files: ['**/*.mjs'], languageOptions: { globals: globals.nodeBuiltin } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', environmentInOnePlace, namedExports],
    },
  },
  { files: ['lambda/domain/**'], rules: forbid('The domain knows no AWS and no outer layer.', { folders: ['adapters', 'platform', 'handlers', 'contract', 'lib', 'local'], packages: [...sdk, ...cdk] }) },
  { files: ['lambda/contract/**'], rules: forbid('The contract imports zod only.', { folders: ['domain', 'adapters', 'platform', 'handlers', 'lib', 'local'], packages: [...sdk, ...cdk, 'node:'] }) },
  { files: ['lambda/adapters/**'], rules: forbid('Adapters depend on domain and contract.', { folders: ['platform', 'handlers', 'lib', 'local'], packages: cdk }) },
  { files: ['lambda/platform/**'], rules: forbid('Platform depends on contract and domain/shared.', { folders: ['adapters', 'handlers', 'lib', 'local', 'domain/(?!shared)[^/]+'], packages: cdk }) },
  { files: ['lambda/handlers/**'], rules: forbid('Handlers depend on lambda/ alone.', { folders: ['lib', 'local'], packages: [...sdk, ...cdk] }) },
  { files: ['lib/**'], rules: forbid('CDK code depends on the contract; handlers are entry paths, not imports.', { folders: ['domain', 'adapters', 'platform', 'handlers', 'local'], packages: sdk }) },
  // Two levels up at least: local/services/lambda is a service of its own.
  { files: ['local/**'], rules: forbid('Local mode reads templates and bundles, never sources.', { packages: [...cdk, '(\\.\\./){2,}(lambda|lib)/'] }) },
  { files: ['lambda/**'], rules: { 'no-restricted-syntax': ['error', environmentInOnePlace, namedExports, zodAsNamespace] } },
  { files: ['lambda/platform/environment.ts'], rules: { 'no-restricted-syntax': ['error', namedExports, zodAsNamespace] } },
  { files: ['bin/**', 'scripts/**', 'local/**', 'test/**', 'bench/**'], rules: { 'no-restricted-syntax': ['error', namedExports] } },
  // Jest takes a runner by its default export.
  { files: ['test/support/runners/**'], rules: { 'no-restricted-syntax': 'off' } },
  // The journal's documents are typed by the service that owns the collection.
  { files: ['local/runtime/state/collection.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
