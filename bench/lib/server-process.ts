import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The whole program as a user starts it: its own process, a folder of its own, a free port on loopback. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  readonly dataDirectory: string
  /** What it logged as warning or worse. */
  readonly log: string[]
  /** Ends the process as a power cut would; children that it started follow by themselves. */
  kill(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<void>
}

export async function startServer(
  options: { dataDirectory?: string; environment?: Record<string, string> } = {},
): Promise<ServerProcess> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'vesalius-')))
  const child = spawn(process.execPath, ['server/src/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      VESALIUS_DATA_DIR: dataDirectory,
      VESALIUS_PORT: '0',
      VESALIUS_LOG_LEVEL: 'warn',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const url = await readAddress(child, log)
  return {
    url,
    pid: child.pid ?? 0,
    dataDirectory,
    log,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  }
}

/** Removes the data of a process that has ended. */
export async function removeData(server: Pick<ServerProcess, 'dataDirectory'>): Promise<void> {
  await rm(server.dataDirectory, { recursive: true, force: true })
}

async function readAddress(child: ChildProcess, log: string[]): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output')
  const lines = createInterface({ input: child.stdout })
  const timer = setTimeout(() => child.kill('SIGKILL'), 180_000)
  try {
    for await (const line of lines) {
      const address = /is ready: (http:\S+)/.exec(line)?.[1]
      if (address) {
        lines.on('line', (rest) => log.push(rest))
        return address
      }
      log.push(line)
    }
  } finally {
    clearTimeout(timer)
  }
  throw new Error(`the server ended before it was ready:\n${log.join('\n')}`)
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}
