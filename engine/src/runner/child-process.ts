import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Characters of a child's complaint that are kept for the error message. */
const KEPT_COMPLAINT = 2000

/** A child running one of our modules, and what it last wrote to its error stream. */
export interface Child {
  process: ChildProcess
  complaint: () => string
}

/**
 * Starts `module` (beside this file) with the same Node. Its pipe closes when either side dies, and the module must
 * then exit. `niceness`: 0 as this process, 19 lowest priority.
 */
export function startChild(module: string, { niceness = 0, environment = {} }: ChildOptions = {}): Child {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), [], {
    execPath: process.execPath,
    execArgv: [],
    env: { ...publicEnvironment(), ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-KEPT_COMPLAINT)
  })
  if (niceness !== 0 && child.pid !== undefined) lowerPriority(child.pid, niceness)
  return { process: child, complaint: () => complaint.trim() }
}

interface ChildOptions {
  niceness?: number
  environment?: Record<string, string>
}

/** Our settings hold secrets, which a child has no use for. */
function publicEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VESALIUS_')))
}

/** Some systems refuse to change priorities; the work is then done at the ordinary one. */
function lowerPriority(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness)
  } catch {
    return
  }
}

/** In a child: ends the process when the parent is gone, so that no orphan trains on. */
export function exitWithParent(): void {
  process.on('disconnect', () => process.exit(1))
}

/** How a child ended, in words. */
export function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'it was killed, perhaps for want of memory'
  return signal ? `it ended by ${signal}` : `it ended with code ${code}`
}
