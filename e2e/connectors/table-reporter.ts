/** Ends a run of the contract suite with its tables: kind × case, and kind × failure code with how each came about. */

import type { TestCase, TestModule } from 'vitest/node'
import type { Reporter } from 'vitest/reporters'

type Case = { kind: string; name: string; state: string; failed: string; mishaps: readonly string[] }

const toCase = (test: TestCase): Case => {
  const { state, errors } = test.result()
  const [kind = ''] = test.fullName.split(' > ')
  return { kind, name: test.name, state, failed: errors?.[0]?.message.split('\n')[0] ?? '', mishaps: test.meta().mishaps ?? [] }
}

const isFailureCode = ({ name }: Case): boolean => /^[A-Z_]+$/.test(name)

const signs: Readonly<Record<string, string>> = { passed: '✓', failed: '✗', skipped: '–', pending: '–' }

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)]

/** A row a case, a column a kind; empty where a kind does not have the case. */
const tableOf = (title: string, cases: readonly Case[]): string[] => {
  const [kinds, names] = [distinct(cases.map(({ kind }) => kind)), distinct(cases.map(({ name }) => name))]
  const signOf = (kind: string, name: string): string =>
    signs[cases.find((one) => one.kind === kind && one.name === name)?.state ?? ''] ?? ' '
  const width = Math.max(title.length, ...names.map((name) => name.length))
  return [
    '',
    [title.padEnd(width), ...kinds].join('  '),
    ...names.map((name) => [name.padEnd(width), ...kinds.map((kind) => signOf(kind, name).padEnd(kind.length))].join('  ').trimEnd()),
  ]
}

/** A line a code: what brought it about, and at which kinds. */
const mishapsOf = (cases: readonly Case[]): string[] => {
  const met = cases.filter(({ mishaps }) => mishaps.length > 0)
  return distinct(met.map(({ name }) => name)).map((code) => {
    const those = met.filter(({ name }) => name === code)
    const ways = distinct(those.flatMap(({ mishaps }) => mishaps)).map(
      (way) => `${way} (${those.flatMap(({ kind, mishaps }) => (mishaps.includes(way) ? [kind] : [])).join(', ')})`,
    )
    return `${code}: ${ways.join('; ')}`
  })
}

export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const cases = modules
      .filter(({ moduleId }) => moduleId.includes('/e2e/connectors/contract'))
      .flatMap((module) => [...module.children.allTests()].map(toCase))
    if (cases.length === 0) return
    const failures = cases.filter(isFailureCode)
    const lines = [
      ...tableOf(
        'case',
        cases.filter((one) => !isFailureCode(one)),
      ),
      ...tableOf('failure code', failures),
      '',
      ...mishapsOf(failures),
      ...cases.filter(({ state }) => state === 'failed').map(({ kind, name, failed }) => `${kind}, ${name}: ${failed}`),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  }
}
