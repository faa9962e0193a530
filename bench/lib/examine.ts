import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'

/** Whether `vesalius doctor --hashes` finds rows, pictures and label files as they should be; tells what it found if not. */
export function examine(environment: Record<string, string>): boolean {
  const { status, stdout, stderr } = runDoctor(environment, '--hashes')
  if (status !== 0) console.log((stdout || stderr).slice(0, 3000))
  return status === 0
}

/** What `vesalius doctor --mend` had to do: notes of killed processes settled, and files that nobody had noted. */
export function mend(environment: Record<string, string>): { settledNotes: number; filesMovedToLost: string[] } {
  const { stdout } = runDoctor(environment, '--mend')
  return (JSON.parse(stdout) as { mended: { settledNotes: number; filesMovedToLost: string[] } }).mended
}

function runDoctor(environment: Record<string, string>, option: '--hashes' | '--mend') {
  const command = fileURLToPath(new URL('../../server/bin/vesalius.ts', import.meta.url))
  return spawnSync(process.execPath, [command, 'doctor', option, '--json'], {
    env: { ...process.env, VESALIUS_SECRET: randomBytes(30).toString('hex'), ...environment },
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  })
}
