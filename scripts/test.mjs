/**
 * `npm test`: every test of the product: unit, integration on real servers, browser. Installs and builds what is
 * missing or stale, prints each runner's closing line, and ends with the sum over all of them.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

const reports = mkdtempSync(join(tmpdir(), 'aiia-test-'))

/** Runs a tool from node_modules with its output shown; true when it ended well. */
const run = (tool, args, env = {}, cwd = root) =>
  spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  }).status === 0

const read = (file) => JSON.parse(readFileSync(file, 'utf8'))

const vitest = (project) => {
  const file = join(reports, `${project}.json`)
  const ok = run('vitest/vitest.mjs', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = read(file)
  // A file that cannot even be loaded has no failed test of its own.
  const notLoaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
  return {
    name: project,
    ok,
    passed: numPassedTests,
    failed: Math.max(numFailedTests + notLoaded, ok ? 0 : 1),
    skipped: numPendingTests,
  }
}

const playwright = () => {
  const file = join(reports, 'browser.json')
  const ok = run('@playwright/test/cli.js', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file }, join(root, 'e2e'))
  const { expected, unexpected, flaky, skipped } = read(file).stats
  // A test that passes only when repeated is a bug, and counts as failed.
  return { name: 'browser', ok: ok && flaky === 0, passed: expected, failed: Math.max(unexpected + flaky, ok ? 0 : 1), skipped }
}

/** A runner that dies before it can report is one failure, not a crash of this script. */
const guarded = (name, runner) => {
  try {
    return runner()
  } catch (error) {
    console.error(`${name}: the runner gave no report (${error.message})`)
    return { name, ok: false, passed: 0, failed: 1, skipped: 0 }
  }
}

await prepare()
if (spawnSync('redis-server', ['--version']).error) {
  console.log('Building a Redis for the tests (once) …')
  run('redis-memory-server/scripts/postinstall.js', [])
}
const results = [guarded('unit', () => vitest('unit')), guarded('integration', () => vitest('integration')), guarded('browser', playwright)]
rmSync(reports, { recursive: true, force: true })

console.log('')
for (const { name, passed, failed, skipped } of results) console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(results.every(({ ok }) => ok) ? 0 : 1)
