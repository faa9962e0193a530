import { AppError, DicomUid, type ImageId, type ProjectId } from '@vesalius/contracts'
import { toDicomJson } from '@vesalius/formats'
import type { Insertable } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { DicomInstancesTable, DicomJson } from '../../db/tables/dicom.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { ATTRIBUTE, textOf } from './dicom-json.ts'
import { openDictionary } from './dictionary.ts'
import { readHead } from './read-head.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'jobs'>

/** What searches tell and match. */
const KEPT = new Set(
  [
    ...['00080005', '00080008', '00080016', '00080018', '00080020', '00080030', '00080050', '00080060', '00080090'],
    ...['00081030', '0008103E', '00100010', '00100020', '00100030', '00100040', '00180015', '0020000D', '0020000E'],
    ...['00200010', '00200011', '00200013', '00280008', '00280010', '00280011', '00280100', '00400244', '00400245'],
  ].map((tag) => Number.parseInt(tag, 16)),
)
const READ_TOGETHER = 8
const AT_ONCE = 500

/**
 * Images are looked at once, when somebody asks for the first time, since copies and images of earlier versions come without.
 * Throws UNAVAILABLE while there are too many to be read within a request: a job goes on with them.
 */
export async function requireIndexed(parts: Parts, projectId: ProjectId): Promise<void> {
  const isDone = await indexSome(parts, projectId)
  if (isDone) return
  await askIndexing(parts, projectId)
  throw new AppError('UNAVAILABLE', 'The headers of many images are being read. Try again in a minute.')
}

/** Has the headers of a project's images read in the background. */
export async function askIndexing({ db, jobs }: Pick<Parts, 'db' | 'jobs'>, projectId: ProjectId): Promise<void> {
  await db.transaction().execute((trx) => jobs.enqueue(trx, 'index-dicom', { projectId }, { key: projectId }))
}

export function indexDicomHandler(parts: Parts): JobHandler<'index-dicom'> {
  return async ({ payload: { projectId }, signal }) => {
    while (!(await indexSome(parts, projectId))) signal.throwIfAborted()
  }
}

/** True when none is left. */
async function indexSome({ db, storage }: Parts, projectId: ProjectId): Promise<boolean> {
  const missing = await db
    .selectFrom('images')
    .leftJoin('dicom_instances', 'dicom_instances.image_id', 'images.id')
    .select(['images.id', 'images.uri'])
    .where('images.project_id', '=', projectId)
    .where('images.type', '=', 'dcm')
    .where('images.state', '<>', 'DELETED')
    .where('dicom_instances.image_id', 'is', null)
    .orderBy('images.id')
    .limit(AT_ONCE + 1)
    .execute()
  const taken = missing.slice(0, AT_ONCE)
  for (let at = 0; at < taken.length; at += READ_TOGETHER) {
    const rows = await Promise.all(
      taken.slice(at, at + READ_TOGETHER).map(({ id, uri }) => describe(storage, { id, uri, projectId })),
    )
    await db.transaction().execute(async (trx) => {
      // Of one that was removed for good meanwhile nothing is kept.
      const ids = rows.map((row) => row.image_id)
      const held = await trx.selectFrom('images').select('id').where('id', 'in', ids).forKeyShare().execute()
      const there = new Set(held.map(({ id }) => id))
      const kept = rows.filter((row) => there.has(row.image_id))
      if (kept.length === 0) return
      await trx
        .insertInto('dicom_instances')
        .values(kept)
        .onConflict((conflict) => conflict.column('image_id').doNothing())
        .execute()
    })
  }
  return missing.length <= AT_ONCE
}

/** A file that cannot be read, or names no study, has a row too: nobody has to look again. */
async function describe(
  storage: Parts['storage'],
  { id, uri, projectId }: { id: ImageId; uri: string; projectId: ProjectId },
): Promise<Insertable<DicomInstancesTable>> {
  const { vrOf } = await openDictionary()
  const head = await readHead(storage, uri)
  const said = head ? (toDicomJson(head.file.dataSet, { vrOf, only: KEPT }) as DicomJson) : {}
  const uids = [ATTRIBUTE.studyUid, ATTRIBUTE.seriesUid, ATTRIBUTE.instanceUid].map((tag) => {
    const parsed = DicomUid.safeParse(textOf(said, tag))
    return parsed.success ? parsed.data : null
  })
  const [studyUid = null, seriesUid = null, instanceUid = null] = uids.every((uid) => uid !== null) ? uids : []
  return {
    ...{ image_id: id, project_id: projectId },
    ...{ study_uid: studyUid, series_uid: seriesUid, instance_uid: instanceUid },
    patient_id: textOf(said, ATTRIBUTE.patientId),
    patient_name: textOf(said, ATTRIBUTE.patientName),
    study_date: textOf(said, ATTRIBUTE.studyDate),
    accession: textOf(said, ATTRIBUTE.accession),
    modality: textOf(said, ATTRIBUTE.modality),
    attributes: json(said),
  }
}
