/** Runs a program under a small shell that ends it when this process is gone, however it went (`kill -9` included). */

import { type ChildProcess, spawn } from 'node:child_process'

// The shell's standard input is a pipe that only our process holds, so that its end is our end. The subshell that
// reads it uses builtins only: it can be killed without leaving a child of its own behind.
const script = `
signal=$1 grace=$2 folder=$3 gone=; shift 3
exec 9<&0
"$@" </dev/null 9<&- &
child=$!
( read -r _ <&9
  kill -s USR1 $$
  while [ "$grace" -gt 0 ] && kill -0 "$child" 2>/dev/null; do sleep 0.1; grace=$((grace - 1)); done
  kill -s KILL "$child" 2>/dev/null
) &
reader=$!
exec 9<&-
trap 'kill -s "$signal" "$child" 2>/dev/null' TERM INT HUP
trap 'gone=1; kill -s "$signal" "$child" 2>/dev/null' USR1
wait "$child"; code=$?
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
kill -s KILL "$reader" 2>/dev/null
[ -z "$gone" ] || [ -z "$folder" ] || rm -rf -- "$folder" 2>/dev/null
exit "$code"
`

export type Watched = {
  process: ChildProcess
  /** Settles when the program ended: with its exit code, 128 + signal where a signal ended it. */
  exited: Promise<number>
  /** Asks the program to end, and settles as `exited`. */
  stop(): Promise<number>
}

export type WatchOptions = {
  command: string
  args: readonly string[]
  /** How the program is asked to end. */
  signal: 'INT' | 'TERM'
  /** It is killed when it takes longer than this to end. */
  graceMs: number
  /** Removed after the program where our process did not live to do it. */
  folder?: string | undefined
  /** Standard output, standard error, and further files from descriptor 3 on. */
  stdio: readonly ('pipe' | 'ignore' | 'inherit' | number)[]
  env?: NodeJS.ProcessEnv | undefined
  cwd?: string | undefined
  account?: { uid: number; gid: number } | undefined
}

/** Starts the program in a session of its own: a Ctrl-C in our terminal does not reach it, we decide the order. */
export const spawnWatched = (options: WatchOptions): Watched => {
  const { command, args, signal, graceMs, folder = '', stdio, env, cwd, account } = options
  const child = spawn('/bin/sh', ['-c', script, 'watchdog', signal, String(Math.ceil(graceMs / 100)), folder, command, ...args], {
    stdio: ['pipe', ...stdio],
    detached: true,
    ...(env && { env }),
    ...(cwd && { cwd }),
    ...(account && { uid: account.uid, gid: account.gid }),
  })
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 137))
  })
  // Whoever only stops it must not be hit by an unhandled rejection.
  exited.catch(() => {})
  child.stdin?.on('error', () => {})
  const stop = async () => {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.stdin?.destroy(), graceMs)
    return exited.finally(() => clearTimeout(late))
  }
  return { process: child, exited, stop }
}
