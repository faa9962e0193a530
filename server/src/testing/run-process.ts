import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const READY = /is ready: (\S+)/
const MOST_MS = 90_000

/** The program as a process of its own, as a person or a container would start it. */
export interface RunningProcess {
  /** Where it listens; of a worker what it works on. */
  readonly ready: string
  readonly pid: number
  /** What it wrote so far. */
  output(): string
  kill(signal: NodeJS.Signals): void
  /** Its exit code, null after a kill. */
  readonly exited: Promise<number | null>
}

/** Resolves when it is ready. Throws with what it wrote when it ends before. */
export async function runProcess(environment: Record<string, string>): Promise<RunningProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, VESALIUS_PORT: '0', VESALIUS_LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const ready = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => fail('it was not ready in time'), MOST_MS)
    const fail = (why: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`${why}: ${output}`))
    }
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const found = READY.exec(output)?.[1]
      if (!found) return
      clearTimeout(timer)
      resolve(found)
    }
    collect(child, hear)
    exited.then((code) => fail(`it ended with ${code}`))
  })
  return { ready, pid: child.pid ?? 0, output: () => output, kill: (signal) => child.kill(signal), exited }
}

function collect(child: ChildProcess, hear: (chunk: Buffer) => void): void {
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
}
