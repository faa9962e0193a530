import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPredictor, type Predictor } from '@vesalius/engine/runner'
import { pino } from 'pino'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import { type Database, openDatabase } from './db/database.ts'
import { migrate } from './db/migrate.ts'
import { openEventRelay } from './event-relay.ts'
import { EventBus } from './events.ts'
import { createAccounts } from './features/accounts/accounts.ts'
import { deriveSecret, loadSecret } from './features/accounts/secret.ts'
import { installAuditTriggers } from './features/audit/install-triggers.ts'
import { openPictures } from './features/images/pictures.ts'
import { PreviewCache } from './features/images/preview-cache.ts'
import { remoteTrainer } from './features/remote/remote-trainer.ts'
import { localTrainer, type Trainers } from './features/training/trainer.ts'
import { createJobs } from './jobs/jobs.ts'
import { createOutgoing } from './outgoing/outgoing.ts'
import { traced } from './outgoing/traced.ts'
import { everyLease, openLeases } from './processes/leases.ts'
import { enterProcess, loneProcess, type ProcessFacts } from './processes/process-registry.ts'
import { openSideDatabase } from './processes/side-database.ts'
import { keepOnce } from './storage/keep-once.ts'
import { openStorage } from './storage/open-storage.ts'
import { openTracing } from './tracing/tracing.ts'

export interface ContextOptions {
  /** Stand-ins for tests. */
  database?: Database
  predictor?: Predictor
  judge?: Predictor
  trainers?: Trainers
}

const JUDGE_NICENESS = 10

/** Opens everything a process needs, in the order in which it depends on each other. */
export async function openContext(
  config: Config,
  options: ContextOptions = {},
): Promise<Context & { close(): Promise<void> }> {
  const log = pino({ level: config.logLevel, redact: ['req.headers.cookie', 'req.headers.authorization'] })
  const version = readVersion()
  const tracing = await openTracing(config.tracing, { version, role: config.role })
  const opened =
    options.database ??
    (await openDatabase({ url: config.databaseUrl, directory: config.dataDirectory, pool: config.databasePool }))
  const database = tracing.statements ? { ...opened, db: opened.db.withPlugin(tracing.statements) } : opened
  await migrate(database.db)
  await installAuditTriggers(database.db)
  const secret = loadSecret(config.secret, config.dataDirectory)
  const side = 'connectionString' in database.queue ? openSideDatabase(database.queue.connectionString) : null
  const processes = side ? await enterProcess(side, factsOf(config, { secret, version })) : loneProcess()
  const leases = side ? openLeases(side, processes.id) : everyLease
  const storage = await openStorage({
    dataDirectory: config.dataDirectory,
    settings: config.storage,
    side,
    processes,
  })
  const accounts = createAccounts({ db: database.db, secret, publicUrl: config.publicUrl })
  const jobs = createJobs(database, (error) => log.error({ err: error }, 'the job queue reports a problem'), tracing)
  await jobs.start()
  const events = new EventBus()
  const relay =
    'connectionString' in database.queue
      ? await openEventRelay({ db: database.db, events, log }, database.queue.connectionString)
      : null
  const predictor = options.predictor ?? openPredictor()
  const uidSecret = deriveSecret(secret, 'dicom uids')
  const pictures = openPictures({ maxPixels: config.maxPixels, secret: uidSecret })
  return {
    config,
    version,
    database,
    db: database.db,
    storage,
    jobs,
    events,
    processes,
    leases,
    drain: { isStopping: false },
    pictures,
    previews: new PreviewCache(join(config.dataDirectory, 'cache', 'previews')),
    uidSecret,
    predictor,
    openJudge: () => options.judge ?? openPredictor({ niceness: JUDGE_NICENESS, maxModels: 2 }),
    trainers: options.trainers ?? {
      local: localTrainer,
      remote: remoteTrainer({ db: database.db, predictor }),
    },
    accounts,
    sealKey: deriveSecret(secret, 'second factors'),
    outgoing: traced(createOutgoing(config.outgoingAllow), tracing),
    tracing,
    log,
    close: async () => {
      await jobs.stop()
      await relay?.stop()
      await Promise.all([predictor.close(), pictures.close()])
      await processes.stop()
      await side?.close()
      await database.close()
      await tracing.close()
    },
  }
}

function factsOf(config: Config, { secret, version }: { secret: string; version: string }): ProcessFacts {
  const storage =
    config.storage.bucket?.address ?? keepOnce(join(config.dataDirectory, 'folder-id'), () => randomUUID())
  return { role: config.role, kinds: config.workerKinds, version, secret, storage }
}

function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
