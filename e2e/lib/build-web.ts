import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The journeys drive the built application: builds it where its sources are newer. */
export function setup(): void {
  const script = fileURLToPath(new URL('../../web/scripts/build-when-stale.ts', import.meta.url))
  execFileSync(process.execPath, [script], { stdio: 'inherit' })
}
