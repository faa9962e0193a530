import { buildApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { DataFolderBusyError } from './db/lock.ts'
import { openContext } from './open-context.ts'
import { AllowListError } from './outgoing/address-guard.ts'
import { startWorker } from './worker.ts'

const REQUIRED_NODE = 24

async function main(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < REQUIRED_NODE) {
    fail(`Vesalius needs Node ${REQUIRED_NODE}, this is ${process.versions.node}. Start it with: npm ci && npm start`)
  }
  const config = readConfig(process.env)
  const context = await openContext(config)
  for (const variable of config.unknown) context.log.warn(`${variable} is not a setting of this version`)
  const worker = config.role === 'api' ? null : await startWorker(context)
  const app = config.role === 'worker' ? null : await buildApp(context)
  if (app) {
    const address = await app.listen({ host: config.host, port: config.port })
    process.stdout.write(`\n  Vesalius ${context.version} is ready: ${config.publicUrl ?? address}\n\n`)
  }

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), 15_000).unref()
    await app?.close()
    await worker?.stop()
    await context.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

main().catch((error: unknown) => {
  if ([ConfigError, DataFolderBusyError, AllowListError].some((kind) => error instanceof kind))
    fail((error as Error).message)
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    fail('The port is in use. Set VESALIUS_PORT to another one.')
  }
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error))
})
