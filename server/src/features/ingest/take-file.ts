import { rm } from 'node:fs/promises'
import type { LabelData } from '@vesalius/contracts'
import {
  AppError,
  type DuplicateChoice,
  type ImageId,
  type Problem,
  problemOfError,
  type UploadItem,
} from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { fitMarks } from '../labels/fit-marks.ts'
import { findTwins } from './duplicates.ts'
import type { ReceivedFile } from './receive-file.ts'
import { sniffFormat } from './sniff-format.ts'
import { type NewImage, storeImage, TwinGoneError } from './store-image.ts'

export type IngestParts = Pick<Context, 'db' | 'storage' | 'jobs' | 'events' | 'pictures' | 'log'>

export interface Arrival {
  /** Given on arrival, so that images sort in the order they were sent. */
  id: ImageId
  user: Pick<SignedIn, 'id'>
  project: ProjectRow
  name: string
  file: ReceivedFile
  annotation: LabelData | null
  group: string | null
  duplicates: DuplicateChoice
}

/** Checks one received file and makes an image of it, or says why not. Leaves nothing in the scratch folder. */
export async function takeFile(parts: IngestParts, arrival: Arrival): Promise<UploadItem> {
  const { name, file, project, duplicates } = arrival
  try {
    const checked = await checkFile(parts, arrival)
    const twin = (await findTwins(parts.db, project.id, [checked.file.sha256])).get(checked.file.sha256)
    if (!twin) return { name, image: await storeImage(parts, checked) }
    const duplicateOf = twin.id
    if (duplicates === 'ask' || duplicates === 'skip') return { name, error: duplicateProblem(), duplicateOf }
    const image = await storeImage(parts, duplicates === 'copy' ? { ...checked, twin } : checked).catch((error) => {
      if (error instanceof TwinGoneError) return storeImage(parts, checked)
      throw error
    })
    return { name, image, duplicateOf }
  } catch (error) {
    return { name, error: asProblem(parts, error) }
  } finally {
    await rm(file.path, { force: true })
  }
}

/** Decodes a received file and takes out of it what identifies people. Throws AppError when it is not to be taken. */
export async function checkFile({ pictures }: Pick<IngestParts, 'pictures'>, arrival: Arrival): Promise<NewImage> {
  const { file } = arrival
  const format = sniffFormat(file.head)
  const { deidentifies } = arrival.project
  const { facts, deidentified } = await pictures.inspect({ file: file.path, format, deidentifies })
  const annotation = arrival.annotation && fitMarks(arrival.annotation, facts)
  return {
    ...arrival,
    file: { ...file, ...deidentified?.stored },
    annotation,
    format,
    facts,
    report: deidentified?.report ?? null,
    twin: null,
  }
}

export function duplicateProblem(): Problem {
  return { code: 'FILE_DUPLICATE', message: 'The project holds an image of the same content already.' }
}

/** What was asked for, or what the project remembers; who is not there to be asked gets both images and hears of it. */
export function duplicateChoice(project: ProjectRow, asked: DuplicateChoice | undefined): DuplicateChoice {
  return asked ?? (project.duplicates === 'ask' ? 'keep' : project.duplicates)
}

/** What we did not expect is logged and told briefly; the other files of the upload go on. */
export function asProblem({ log }: Pick<IngestParts, 'log'>, error: unknown): Problem {
  if (error instanceof AppError) return problemOfError(error)
  log.error({ err: { message: error instanceof Error ? error.message : String(error) } }, 'a file could not be stored')
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
    return { code: 'STORAGE_FULL', message: 'The disk of this server is full.' }
  }
  return { code: 'INTERNAL', message: 'The file could not be stored. Try again.' }
}
