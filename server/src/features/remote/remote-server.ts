import {
  AppError,
  hasAddress,
  isPolled,
  type ProjectId,
  type RemoteServer,
  type RemoteSettings,
} from '@vesalius/contracts'
import { type Selectable, sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { RemoteServersTable } from '../../db/tables/remote.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { seal, unseal } from '../accounts/sealed.ts'
import { addSecret, openSecrets, presentSecrets } from './signing-secrets.ts'

export type RemoteServerRow = Selectable<RemoteServersTable>

export async function findRemoteServer(db: Db, projectId: ProjectId): Promise<RemoteServerRow | undefined> {
  return db.selectFrom('remote_servers').selectAll().where('project_id', '=', projectId).executeTakeFirst()
}

/** The server that answers for a project now; null where its own model does. Throws NO_MODEL where none is set up. */
export async function serverInUse(
  db: Db,
  { id, algorithm }: Pick<ProjectRow, 'id' | 'algorithm'>,
): Promise<RemoteServerRow | null> {
  if (algorithm.strategy !== 'remote') return null
  const server = await findRemoteServer(db, id)
  if (!server) throw new AppError('NO_MODEL', 'The strategy is remote, but no server is set up.')
  return server
}

/** Whether workers of our own train the project's models; servers of others only answer. */
export async function trainsElsewhere(db: Db, project: Pick<ProjectRow, 'id' | 'algorithm'>): Promise<boolean> {
  if (project.algorithm.strategy !== 'remote') return false
  return (await findRemoteServer(db, project.id))?.settings.kind === 'worker'
}

type Parts = Pick<Context, 'db' | 'sealKey' | 'config'>

/** Sets a server up, or up anew: what was asked before of another one is void. Throws VALIDATION_FAILED. */
export async function putRemoteServer(
  { db, sealKey, config }: Parts,
  project: ProjectRow,
  { bearer, ...settings }: RemoteSettings & { bearer?: string | null | undefined },
): Promise<RemoteServerRow> {
  if (hasAddress(settings.kind) && settings.url === null) refuse('Give the address of the server.')
  if (isPolled(settings.kind) && settings.url !== null) refuse('A worker comes by itself: leave the address empty.')
  if (settings.kind === 'push' && !config.publicUrl) {
    refuse('The server must find the way back: set VESALIUS_PUBLIC_URL to the address of this one.')
  }
  if ((settings.kind === 'open-inference' || settings.kind === 'monai') && settings.model === null) {
    refuse('Name the model there.')
  }
  const changed = {
    settings: json(settings),
    updated_at: sql<Date>`now()`,
    ...(bearer === undefined ? {} : { sealed_bearer: bearer === null ? null : seal(sealKey, bearer) }),
  }
  return db
    .insertInto('remote_servers')
    .values({ project_id: project.id, version: 1, sealed_bearer: null, ...changed })
    .onConflict((conflict) =>
      conflict.column('project_id').doUpdateSet({ ...changed, version: sql`remote_servers.version + 1` }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Makes a secret; the one before stays valid for a day. Throws NOT_FOUND where no server is set up. */
export async function rotateSecret(
  { db, sealKey }: Pick<Parts, 'db' | 'sealKey'>,
  projectId: ProjectId,
  now = new Date(),
): Promise<{ secret: string; row: RemoteServerRow }> {
  return db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('remote_servers')
      .select('sealed_secrets')
      .where('project_id', '=', projectId)
      .forUpdate()
      .executeTakeFirst()
    if (!before) throw new AppError('NOT_FOUND', 'No remote server is set up for this project.')
    const { secret, secrets } = addSecret(sealKey, before.sealed_secrets, now)
    const row = await trx
      .updateTable('remote_servers')
      .set({ sealed_secrets: json(secrets) })
      .where('project_id', '=', projectId)
      .returningAll()
      .executeTakeFirstOrThrow()
    return { secret, row }
  })
}

/** Every secret that is valid now, newest first. */
export function secretsOf(sealKey: string, { sealed_secrets }: RemoteServerRow, now = new Date()): string[] {
  return openSecrets(sealKey, sealed_secrets, now)
}

/** Headers that let us in there. */
export function bearerOf(sealKey: string, { sealed_bearer }: RemoteServerRow): Record<string, string> {
  return sealed_bearer ? { authorization: `Bearer ${unseal(sealKey, sealed_bearer)}` } : {}
}

export function presentRemoteServer(row: RemoteServerRow, now = new Date()): RemoteServer {
  return {
    projectId: row.project_id,
    settings: row.settings,
    secrets: presentSecrets(row.sealed_secrets, now),
    hasBearer: row.sealed_bearer !== null,
    updatedAt: row.updated_at.toISOString(),
  }
}

function refuse(message: string): never {
  throw new AppError('VALIDATION_FAILED', message)
}
