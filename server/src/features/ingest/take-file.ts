import { rm } from 'node:fs/promises'
import type { LabelData } from '@vesalius/contracts'
import { AppError, type ImageId, type Problem, type UploadItem } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { fitMarks } from '../labels/fit-marks.ts'
import type { ReceivedFile } from './receive-file.ts'
import { sniffFormat } from './sniff-format.ts'
import { storeImage } from './store-image.ts'

export type IngestParts = Pick<Context, 'db' | 'storage' | 'jobs' | 'events' | 'pictures' | 'log'>

export interface Arrival {
  /** Given on arrival, so that images sort in the order they were sent. */
  id: ImageId
  user: SignedIn
  project: ProjectRow
  name: string
  file: ReceivedFile
  annotation: LabelData | null
  group: string | null
}

/** Checks one received file and makes an image of it, or says why not. Leaves nothing in the scratch folder. */
export async function takeFile(parts: IngestParts, arrival: Arrival): Promise<UploadItem> {
  const { name, file } = arrival
  try {
    const format = sniffFormat(file.head)
    const { deidentifies } = arrival.project
    const { facts, deidentified } = await parts.pictures.inspect({ file: file.path, format, deidentifies })
    const stored = { ...file, ...deidentified?.stored }
    const report = deidentified?.report ?? null
    const annotation = arrival.annotation && fitMarks(arrival.annotation, facts)
    return { name, image: await storeImage(parts, { ...arrival, file: stored, annotation, format, facts, report }) }
  } catch (error) {
    return { name, error: asProblem(parts, error) }
  } finally {
    await rm(file.path, { force: true })
  }
}

/** What we did not expect is logged and told briefly; the other files of the upload go on. */
export function asProblem({ log }: Pick<IngestParts, 'log'>, error: unknown): Problem {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  log.error({ err: { message: error instanceof Error ? error.message : String(error) } }, 'a file could not be stored')
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
    return { code: 'STORAGE_FULL', message: 'The disk of this server is full.' }
  }
  return { code: 'INTERNAL', message: 'The file could not be stored. Try again.' }
}
