import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'

/** Whether `vesalius doctor --hashes` finds rows, pictures and label files as they should be; tells what it found if not. */
export function examine(environment: Record<string, string>): boolean {
  const command = fileURLToPath(new URL('../../server/bin/vesalius.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'doctor', '--hashes', '--json'], {
    env: { ...process.env, VESALIUS_SECRET: randomBytes(30).toString('hex'), ...environment },
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  })
  if (status !== 0) console.log((stdout || stderr).slice(0, 3000))
  return status === 0
}
