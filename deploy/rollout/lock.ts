import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export class BusyError extends Error {
  override name = 'BusyError'
}

/** One roll-out at a time. A lock whose process is gone is nobody's. Throws BusyError. */
export function takeLock(folder: string): () => void {
  const path = join(folder, 'rollout.lock')
  for (let tries = 0; ; tries += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error
      const holder = Number(readFileSync(path, 'utf8'))
      if (tries > 0 || isAlive(holder)) throw new BusyError(`process ${holder} is rolling out: ${path}`)
      rmSync(path, { force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}
