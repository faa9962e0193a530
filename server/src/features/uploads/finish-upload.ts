import { rm } from 'node:fs/promises'
import { AppError, type ImageId, type ImportId } from '@vesalius/contracts'
import type { SignedIn } from '../../http/route-call.ts'
import { cleanImageName } from '../images/image-name.ts'
import { findImage } from '../images/images.queries.ts'
import { presentImage } from '../images/present-image.ts'
import type { ImportParts } from '../imports/import-images.job.ts'
import { findImport, presentImport } from '../imports/imports.queries.ts'
import { takeArchive } from '../imports/receive-import.ts'
import { isArchive } from '../ingest/sniff-format.ts'
import { asProblem, duplicateChoice, takeFile } from '../ingest/take-file.ts'
import { UploadFields } from '../ingest/upload-fields.ts'
import { requireProject } from '../projects/access.ts'
import type { UploadFacts, UploadFiles, UploadResult } from './upload-files.ts'

export interface Finished {
  id: string
  user: SignedIn
  facts: UploadFacts
}

/**
 * A complete upload becomes an image or an import of the upload's own id, so that after a kill it can be told whether it
 * did already. Called again it answers the same.
 */
export async function finishUpload(
  parts: ImportParts,
  files: UploadFiles,
  { id, user, facts }: Finished,
): Promise<UploadResult> {
  const known = (await files.result(id)) ?? (await findMade(parts, id, facts))
  if (known) return known
  const name = cleanImageName(facts.filename) || 'image'
  const result = await makeOf(parts, files, { id, user, facts, name }).catch((error) => ({
    items: [{ name, error: asProblem(parts, error) }],
    import: null,
  }))
  await files.keepResult(id, result)
  return result
}

async function makeOf(
  parts: ImportParts,
  files: UploadFiles,
  { id, user, facts, name }: Finished & { name: string },
): Promise<UploadResult> {
  const project = await requireProject(parts.db, user, facts.projectId, 'manage')
  const file = await files.take(id, parts.storage.scratchDirectory)
  try {
    const target = { user, project, name }
    if (isArchive(file.head)) {
      const made = await takeArchive(parts, file, { ...target, id: id as ImportId, duplicates: facts.duplicates })
      return { items: [], import: made }
    }
    if (file.byteSize > parts.config.maxFileBytes) {
      throw new AppError('FILE_TOO_LARGE', 'The file is larger than this server takes.')
    }
    const said = readFields(facts).take(project)
    const duplicates = duplicateChoice(project, facts.duplicates)
    return { items: [await takeFile(parts, { ...target, ...said, id: id as ImageId, file, duplicates })], import: null }
  } finally {
    await rm(file.path, { force: true })
  }
}

function readFields({ label, group }: UploadFacts): UploadFields {
  const fields = new UploadFields()
  if (label !== undefined) fields.add('label', label, false)
  if (group !== undefined) fields.add('group', group, false)
  return fields
}

/** What a process made of the upload before it was killed. */
async function findMade({ db }: ImportParts, id: string, facts: UploadFacts): Promise<UploadResult | null> {
  const image = await findImage(db, id as ImageId)
  if (image) {
    const project = await db
      .selectFrom('projects')
      .selectAll()
      .where('id', '=', image.project_id)
      .executeTakeFirstOrThrow()
    return { items: [{ name: facts.filename, image: presentImage(image, project) }], import: null }
  }
  const made = await findImport(db, id as ImportId)
  return made ? { items: [], import: presentImport(made) } : null
}
