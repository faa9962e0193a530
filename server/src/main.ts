import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { DataFolderBusyError } from './db/lock.ts'
import { SchemaTooNewError } from './db/migrate.ts'
import { openContext } from './open-context.ts'
import { AllowListError } from './outgoing/address-guard.ts'
import { prepareWorker } from './worker.ts'

const REQUIRED_NODE = 24
/** For what follows requests and jobs. */
const SPARE_MS = 10_000

async function main(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < REQUIRED_NODE) {
    fail(`Vesalius needs Node ${REQUIRED_NODE}, this is ${process.versions.node}. Start it with: npm ci && npm start`)
  }
  const config = readConfig(process.env)
  const context = await openContext(config)
  for (const variable of config.unknown) context.log.warn(`${variable} is not a setting of this version`)
  const worker = config.role === 'api' ? null : await prepareWorker(context)
  const app = config.role === 'worker' ? null : await buildApp(context)
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    const { drainMs, stopMs } = config
    setTimeout(() => process.exit(1), drainMs + 2 * stopMs + SPARE_MS).unref()
    context.drain.isStopping = true
    await Promise.all([closeAfterDrain(app, { drainMs, stopMs }), worker?.stop()])
    await context.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  // People are answered before a backlog is worked off.
  const address = await app?.listen({ host: config.host, port: config.port })
  if (!stopping) await worker?.start()
  const ready = address ? (config.publicUrl ?? address) : `works on ${config.workerKinds.join(', ')}`
  process.stdout.write(`\n  Vesalius ${context.version} is ready: ${ready}\n\n`)
}

/** Balancers see /readyz say no while requests are still taken; then those under way finish, and no new ones are. */
async function closeAfterDrain(app: FastifyInstance | null, { drainMs, stopMs }: { drainMs: number; stopMs: number }) {
  if (!app) return
  if (drainMs > 0) await sleep(drainMs)
  const timer = setTimeout(() => app.server.closeAllConnections(), stopMs)
  await app.close()
  clearTimeout(timer)
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

main().catch((error: unknown) => {
  if ([ConfigError, DataFolderBusyError, AllowListError, SchemaTooNewError].some((kind) => error instanceof kind))
    fail((error as Error).message)
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    fail('The port is in use. Set VESALIUS_PORT to another one.')
  }
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error))
})
