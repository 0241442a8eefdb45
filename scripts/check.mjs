/** `npm run check`: format, lint (with the arrows of ARCHITECTURE.md), types, unused code. All faults are shown at once. */

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

/** @type {[name: string, tool: string, args: string[]][]} */
const checks = [
  ['format', '@biomejs/biome/bin/biome', ['check', '.', '--error-on-warnings']],
  ['lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']],
  ['types', 'typescript/bin/tsc', ['-p', 'tsconfig.check.json']],
  ['types of the console', 'typescript/bin/tsc', ['-p', 'web', '--noEmit']],
  ['unused code', 'knip/bin/knip.js', []],
]

// The linter reads types of other packages from what they are built to.
await prepare()
const failed = checks.filter(([name, tool, args]) => {
  console.log(`${name} …`)
  return spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd: root, stdio: 'inherit' }).status !== 0
})
console.log(failed.length === 0 ? 'check: all in order' : `check: failed at ${failed.map(([name]) => name).join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)
