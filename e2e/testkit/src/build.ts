/** The platform is tested as it ships: from what was built. What is stale is built first. */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repository } from '@aiia/stack/platform/services'

const done = new Map<string, Promise<void>>()

/** Once a process. */
export const buildServices = (web: boolean): Promise<void> => {
  const packages = ['api', 'worker', 'scheduler', 'cli', ...(web ? ['web'] : [])]
  const built = done.get(packages.join()) ?? build(packages)
  done.set(packages.join(), built)
  return built
}

const build = (packages: string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const turbo = join(repository, 'node_modules', 'turbo', 'bin', 'turbo')
    const args = [turbo, 'run', 'build', '--output-logs=errors-only', ...packages.map((name) => `--filter=@aiia/${name}`)]
    const tool = spawn(process.execPath, args, {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' },
    })
    const output: Buffer[] = []
    tool.stdout.on('data', (data: Buffer) => output.push(data))
    tool.stderr.on('data', (data: Buffer) => output.push(data))
    tool.once('error', reject)
    tool.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The build of ${packages.join(', ')} failed:\n${Buffer.concat(output).toString()}`)),
    )
  })
