import type { ProjectId } from '@vesalius/contracts'
import { createUidReplacer, type DicomIdentity, type PictureGeometry } from '@vesalius/imaging'
import { type SqlBool, sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { DicomJson } from '../../db/tables/dicom.ts'
import type { DicomImport } from '../../db/tables/exchange.ts'
import type { ImageRow } from '../../db/tables.ts'
import { ATTRIBUTE, textOf } from '../dicomweb/dicom-json.ts'
import type { DicomSourceRow } from './dicom-sources.queries.ts'
import { type SourceClient, uidOf } from './source-client.ts'

const CHARACTER_SET = 0x00080005
/** Attributes of patient and study that objects made of a picture repeat, by tag and representation. */
const REPEATED = [
  ...([
    ['00080020', 'DA'],
    ['00080030', 'TM'],
    ['00080050', 'SH'],
    ['00080090', 'PN'],
    ['00081030', 'LO'],
  ] as const),
  ...([
    ['00100010', 'PN'],
    ['00100020', 'LO'],
    ['00100030', 'DA'],
    ['00100040', 'CS'],
    ['00200010', 'SH'],
  ] as const),
]
const FRAME_OF_REFERENCE = '00200052'

/**
 * Who the images of a project are on the server they came from. Nothing of it is kept here: the server is asked anew for the
 * studies that were imported, and its UIDs, replaced as on arrival, lead to the images. Answers null for images that are not
 * found there.
 */
export async function restoreIdentities(
  { db, uidSecret }: Pick<Context, 'db' | 'uidSecret'>,
  projectId: ProjectId,
  source: Pick<DicomSourceRow, 'id'>,
  client: SourceClient,
): Promise<(image: ImageRow, geometry: PictureGeometry | undefined) => PictureGeometry | undefined | null> {
  const known = new Map<string, DicomIdentity>()
  if (await hasDeidentified(db, projectId)) {
    const replace = createUidReplacer(uidSecret)
    const failures: unknown[] = []
    for (const path of await findImported(db, projectId, source)) {
      // A study that is gone there, or that the server cannot describe, costs its own images only.
      const found = await client.search(`${path}/metadata`, {}).catch((error: unknown) => {
        failures.push(error)
        return []
      })
      for (const json of found) {
        const identity = identityOf(json)
        if (identity) known.set(await replace(identity.sopInstanceUid), identity)
      }
    }
    if (known.size === 0 && failures.length > 0) throw failures[0]
  }
  return (image, geometry) => {
    if (image.type !== 'dcm' || image.deidentification === null) return geometry
    const identity = known.get(geometry?.dicom?.sopInstanceUid ?? '')
    return identity && geometry ? { ...geometry, dicom: identity } : null
  }
}

async function hasDeidentified(db: Context['db'], projectId: ProjectId): Promise<boolean> {
  const row = await db
    .selectFrom('images')
    .select('id')
    .where('project_id', '=', projectId)
    .where('type', '=', 'dcm')
    .where('deidentification', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Paths of the studies and series that were imported from a server, each once. */
async function findImported(db: Context['db'], projectId: ProjectId, { id }: Pick<DicomSourceRow, 'id'>) {
  const rows = await db
    .selectFrom('imports')
    .select('request')
    .where('project_id', '=', projectId)
    .where('kind', '=', 'dicomweb')
    .where(sql<SqlBool>`request ->> 'sourceId' = ${id}`)
    .execute()
  const paths = rows.flatMap(({ request }) =>
    (request as DicomImport).selections.flatMap(({ studyUid, seriesUids }) =>
      seriesUids ? seriesUids.map((uid) => `/studies/${studyUid}/series/${uid}`) : [`/studies/${studyUid}`],
    ),
  )
  return new Set(paths)
}

function identityOf(json: DicomJson): DicomIdentity | null {
  const [sopClassUid, sopInstanceUid] = [textOf(json, ATTRIBUTE.sopClass), uidOf(json, ATTRIBUTE.instanceUid)]
  const [studyInstanceUid, seriesInstanceUid] = [uidOf(json, ATTRIBUTE.studyUid), uidOf(json, ATTRIBUTE.seriesUid)]
  if (!sopClassUid || !sopInstanceUid || !studyInstanceUid || !seriesInstanceUid) return null
  const shared = REPEATED.flatMap(([tag, vr]) => {
    const text = textOf(json, tag)
    return text === null ? [] : [{ tag: Number.parseInt(tag, 16), vr, value: Buffer.from(text).toString('latin1') }]
  })
  return {
    ...{ sopClassUid, sopInstanceUid, studyInstanceUid, seriesInstanceUid },
    frameOfReferenceUid: uidOf(json, FRAME_OF_REFERENCE),
    shared: [{ tag: CHARACTER_SET, vr: 'CS', value: 'ISO_IR 192' }, ...shared],
  }
}
