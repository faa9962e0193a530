import type { Predictor } from '@vesalius/engine/runner'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import type { Database, Db } from './db/database.ts'
import type { EventBus } from './events.ts'
import type { Accounts } from './features/accounts/accounts.ts'
import type { Pictures } from './features/images/pictures.ts'
import type { PreviewCache } from './features/images/preview-cache.ts'
import type { Trainers } from './features/training/trainer.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Outgoing } from './outgoing/outgoing.ts'
import type { Leases } from './processes/leases.ts'
import type { ProcessRegistry } from './processes/process-registry.ts'
import type { Storage } from './storage/storage.ts'
import type { Tracing } from './tracing/tracing.ts'

export interface Drain {
  isStopping: boolean
}

/** The long-lived things of one process. Services take the parts they use, never the whole. */
export interface Context {
  readonly config: Config
  readonly version: string
  readonly database: Database
  readonly db: Db
  readonly storage: Storage
  readonly jobs: Jobs
  readonly events: EventBus
  /** The processes that serve this installation. */
  readonly processes: ProcessRegistry
  readonly leases: Leases
  /** True from the moment the process is asked to stop. */
  readonly drain: Drain
  readonly pictures: Pictures
  readonly previews: PreviewCache
  /** By which UIDs of DICOM files are replaced on arrival. */
  readonly uidSecret: string
  readonly predictor: Predictor
  readonly trainers: Trainers
  /** A predictor that measures models and yields to the one above; whoever opens it closes it. */
  readonly openJudge: () => Predictor
  readonly accounts: Accounts
  /** Under which secrets of accounts are kept in the database. */
  readonly sealKey: string
  readonly outgoing: Outgoing
  readonly tracing: Tracing
  readonly log: FastifyBaseLogger
}
