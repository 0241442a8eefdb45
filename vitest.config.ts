import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Workspace packages are read from their sources, so that tests need no build of what they test.
// Vite would take graphql's ES modules and Node its CommonJS ones: two copies do not know each other's types.
const alias = [
  { find: /^graphql$/, replacement: 'graphql/index.js' },
  { find: /^@\/texts\//, replacement: `${import.meta.dirname}/web/texts/en/` },
  { find: /^@\//, replacement: `${import.meta.dirname}/web/` },
]
const source = { resolve: { conditions: ['aiia-source'], alias }, ssr: { resolve: { conditions: ['aiia-source'] } } }
const tests = '{prisma,services/*,e2e/testkit,bench}/src/**'

/** By their size, the files that start whole platforms and take minutes would be the last to begin. */
class PlatformsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rankOf = ({ moduleId }: TestSpecification): number =>
      ['/e2e/connectors/', '/e2e/platform/', ''].findIndex((part) => moduleId.includes(part))
    return sorted.sort((one, other) => rankOf(one) - rankOf(other))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: PlatformsFirst },
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: [`${tests}/*.test.ts`, 'e2e/deployment/*.test.ts', 'web/{ui,features,graphql,texts}/**/*.test.ts'],
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
