import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { removeData, startServer } from '@vesalius/bench/server-process'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder as a server's first start leaves it: to be copied, which is quicker than another first start. */
    freshData: string
  }
}

/** The journeys drive the built application: builds it where its sources are newer. Starts a server once, for its data. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const script = fileURLToPath(new URL('../../web/scripts/build-when-stale.ts', import.meta.url))
  execFileSync(process.execPath, [script], { stdio: 'inherit' })
  const server = await startServer()
  await server.stop()
  provide('freshData', server.dataDirectory)
  return () => removeData(server)
}
