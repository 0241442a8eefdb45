import { defineConfig } from 'vitest/config'

// Workspace packages are read from their sources, so that tests need no build of what they test.
// Vite would take graphql's ES modules and Node its CommonJS ones: two copies do not know each other's types.
const alias = [
  { find: /^graphql$/, replacement: 'graphql/index.js' },
  { find: /^@\//, replacement: `${import.meta.dirname}/web/` },
]
const source = { resolve: { conditions: ['aiia-source'], alias }, ssr: { resolve: { conditions: ['aiia-source'] } } }
const tests = '{prisma,services/*,e2e/testkit,bench}/src/**'

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: [`${tests}/*.test.ts`, 'e2e/deployment/*.test.ts', 'web/{ui,features,graphql}/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        ...source,
        test: {
          name: 'integration',
          include: [`${tests}/*.integration.test.ts`, 'e2e/{platform,connectors}/*.integration.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          // The contract suite tries seven kinds of sources side by side.
          maxConcurrency: 7,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
