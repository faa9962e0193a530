import { createHash } from 'node:crypto'
import type { ModelVersionId, ProjectId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import { nextModelNumber } from '../training/training.queries.ts'
import type { RemoteServerRow } from './remote-server.ts'

/** A server that states another version with each answer gets no row for each. */
const MOST_VERSIONS = 200

/**
 * The version under which guesses of a model elsewhere are kept: one for each server, model and version it states. It
 * has no weights here, so it is never served, trained on or handed out; its file tells where the answers came from.
 */
export async function outsideModel(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  project: ProjectRow,
  { settings }: RemoteServerRow,
  model?: { name: string; version?: string | undefined },
): Promise<ModelVersionId> {
  const host = settings.url ? new URL(settings.url).host : null
  const name = [model?.name ?? settings.model ?? host ?? settings.kind, model?.version].filter(Boolean).join(' ')
  const facts = JSON.stringify({
    kind: settings.kind,
    host,
    model: model?.name ?? settings.model,
    version: model?.version,
  })
  const digest = createHash('sha256').update(facts).digest('hex')
  const uri = `projects/${project.id}/guesses/remote-${digest.slice(0, 32)}.json`
  const find = (at: Db) =>
    at
      .selectFrom('model_versions')
      .select('id')
      .where('uri', '=', uri)
      .where('project_id', '=', project.id)
      .executeTakeFirst()
  const known = await find(db)
  if (known) return known.id
  await storage.write(uri, facts)
  return db.transaction().execute(async (trx) => {
    const number = await nextModelNumber(trx, project.id)
    const meanwhile = (await find(trx)) ?? (await findNewestBeyond(trx, project.id))
    if (meanwhile) return meanwhile.id
    const id = newId<ModelVersionId>()
    const imported = { fileName: name.slice(0, 200), canPredict: false, canLearn: false, backbone: null }
    await trx
      .insertInto('model_versions')
      .values({
        ...{ id, project_id: project.id, run_id: null, number, state: 'retired', uri, sha256: digest },
        ...{
          classes: json(project.classes),
          class_scheme: project.class_scheme,
          metrics: null,
          lineage: null,
          imported: json(imported),
        },
        byte_size: Buffer.byteLength(facts),
      })
      .execute()
    return id
  })
}

async function findNewestBeyond(db: Db, projectId: ProjectId): Promise<{ id: ModelVersionId } | undefined> {
  return db
    .selectFrom('model_versions')
    .select('id')
    .where('project_id', '=', projectId)
    .where('uri', 'like', `projects/${projectId}/guesses/remote-%`)
    .orderBy('number', 'desc')
    .offset(MOST_VERSIONS - 1)
    .limit(1)
    .executeTakeFirst()
}
