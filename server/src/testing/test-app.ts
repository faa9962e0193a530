import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Predictor } from '@vesalius/engine/runner'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { type Database, openDatabase } from '../db/database.ts'
import type { Trainers } from '../features/training/trainer.ts'
import { openContext } from '../open-context.ts'
import type { Note, NoteKind } from '../storage/notes.ts'
import { prepareWorker } from '../worker.ts'
import { openTestDatabase } from './test-database.ts'
import { closeTestStorage, openTestStorage } from './test-storage.ts'

export interface TestApp {
  app: FastifyInstance
  context: Context
  dataDirectory: string
  close(options?: { keepsData?: boolean }): Promise<void>
}

export interface TestOptions {
  predictor?: Predictor
  trainers?: Trainers
  worker?: boolean
  /** Further settings, by the name of their variable. */
  environment?: Record<string, string>
  /** An existing folder instead of a fresh one. */
  dataDirectory?: string
  /** A database with something in it; closed with the app. */
  database?: Database
  /** The embedded database in the folder, as in the program, instead of one in memory. */
  onDisk?: boolean
}

const silentPredictor: Predictor = {
  predict: async () => {
    throw new Error('this test has no model')
  },
  close: async () => {},
}

/** The whole program on a database in memory and a temporary folder; VESALIUS_TEST_DATABASE_URL puts it on a server. */
export async function openTestApp(options: TestOptions = {}): Promise<TestApp> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'vesalius-test-')))
  const config = readConfig({
    VESALIUS_DATA_DIR: dataDirectory,
    VESALIUS_LOG_LEVEL: 'silent',
    ...(await openTestStorage(dataDirectory)),
    ...options.environment,
  })
  const database =
    options.database ??
    (options.onDisk ? await openDatabase({ url: null, directory: dataDirectory }) : await openTestDatabase())
  const { trainers, predictor = silentPredictor } = options
  const judge = { ...predictor, predict: predictor.predict.bind(predictor), close: async () => {} }
  const context = await openContext(config, { database, predictor, judge, ...(trainers ? { trainers } : {}) })
  const worker = options.worker ? await prepareWorker(context) : null
  const app = await buildApp(context)
  await worker?.start()
  return {
    app,
    context,
    dataDirectory,
    close: async ({ keepsData = false } = {}) => {
      await app.close()
      await worker?.stop()
      await context.close()
      if (keepsData) return
      await closeTestStorage(dataDirectory)
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** A note left by a process that is gone. */
export async function leaveNote(
  { db, database, storage }: Pick<Context, 'db' | 'database' | 'storage'>,
  kind: NoteKind,
  note: Note,
): Promise<void> {
  await storage.notes.add(kind, note)
  if (database.kind === 'server') await db.updateTable('change_notes').set({ process_id: randomUUID() }).execute()
}

/** Of everybody who is registered here. */
export const PASSWORD = 'correct horse battery'

/** Registers an account and answers the headers that sign its requests in. */
export async function signUp(app: FastifyInstance, username: string): Promise<{ cookie: string }> {
  const response = await app.inject({
    method: 'POST',
    url: '/api/v1/auth/register',
    payload: { username, email: `${username}@example.org`, password: PASSWORD },
  })
  if (response.statusCode !== 201) throw new Error(`registration answered ${response.statusCode}: ${response.body}`)
  const cookie = response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return { cookie }
}
