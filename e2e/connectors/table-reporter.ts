/** Ends a run of the contract suite with its table: kind × case. */

import type { TestCase, TestModule } from 'vitest/node'
import type { Reporter } from 'vitest/reporters'

type Case = { kind: string; name: string; state: string; failed: string }

const toCase = (test: TestCase): Case => {
  const { state, errors } = test.result()
  const [kind = ''] = test.fullName.split(' > ')
  return { kind, name: test.name, state, failed: errors?.[0]?.message.split('\n')[0] ?? '' }
}

const signs: Readonly<Record<string, string>> = { passed: '✓', failed: '✗', skipped: '–', pending: '–' }

export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const cases = modules
      .filter(({ moduleId }) => moduleId.includes('/e2e/connectors/'))
      .flatMap((module) => [...module.children.allTests()].map(toCase))
    const kinds = [...new Set(cases.map(({ kind }) => kind))]
    const names = [...new Set(cases.map(({ name }) => name))]
    const signOf = (kind: string, name: string): string => {
      const found = cases.find((one) => one.kind === kind && one.name === name)
      return signs[found?.state ?? ''] ?? ' '
    }
    const width = Math.max(...names.map((name) => name.length), 0)
    const lines = [
      ['', ...kinds].map((head, index) => (index === 0 ? ''.padEnd(width) : head)).join('  '),
      ...names.map((name) => [name.padEnd(width), ...kinds.map((kind) => signOf(kind, name).padEnd(kind.length))].join('  ')),
      ...cases.filter(({ state }) => state === 'failed').map(({ kind, name, failed }) => `${kind}, ${name}: ${failed}`),
    ]
    process.stdout.write(`\n${lines.join('\n')}\n`)
  }
}
