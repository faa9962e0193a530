import { readFile, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { AppError, type ErrorCode, type ImageId, type Problem } from '@vesalius/contracts'
import { inflate } from '@vesalius/formats'
import { type DataSet, readDicomNow } from '@vesalius/imaging'
import type { DicomJson } from '../../db/tables/dicom.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import type { ImportParts } from '../imports/import-images.job.ts'
import { type ReceivedFile, receiveFile } from '../ingest/receive-file.ts'
import { asProblem, takeFile } from '../ingest/take-file.ts'
import { ATTRIBUTE } from './dicom-json.ts'
import type { Part } from './multipart.ts'

const PIXELS = 0x7fe00000
const TAG = { sopClass: 0x00080016, instance: 0x00080018, study: 0x0020000d, modality: 0x00080060, number: 0x00200013 }
const MOST_PARTS = 20_000

/** Why an object was not taken, as STOW-RS says it. Source: DICOM PS3.18 table I.2-2, PS3.4 table B.2-1. */
const FAILURE = { processing: 0x0110, unsupported: 0x0122, noRoom: 0xa700, otherStudy: 0xa900, unreadable: 0xc000 }
const FAILURES: Readonly<Partial<Record<ErrorCode, number>>> = {
  FILE_HAS_NO_IMAGE: FAILURE.unsupported,
  FILE_FORMAT_UNSUPPORTED: FAILURE.unsupported,
  FILE_NOT_AN_IMAGE: FAILURE.unreadable,
  FILE_DAMAGED: FAILURE.unreadable,
  FILE_EMPTY: FAILURE.unreadable,
  FILE_TOO_LARGE: FAILURE.noRoom,
  FILE_TOO_MANY_PIXELS: FAILURE.noRoom,
  QUOTA_REACHED: FAILURE.noRoom,
  STORAGE_FULL: FAILURE.noRoom,
}

interface Target {
  user: SignedIn
  project: ProjectRow
  /** Others are refused. */
  studyUid: string | null
  /** Before `/studies`. */
  base: string
}

interface Named {
  sopClassUid: string | null
  instanceUid: string | null
  studyUid: string | null
  name: string
}

/** Makes images of the files of a request, one after another. Content that is there already counts as stored. */
export async function storeInstances(
  parts: ImportParts,
  bodies: AsyncIterable<Part>,
  target: Target,
): Promise<{ status: 200 | 202 | 409; answer: DicomJson }> {
  const stored: DicomJson[] = []
  const failed: DicomJson[] = []
  let count = 0
  for await (const { mediaType, body } of bodies) {
    count += 1
    if (count > MOST_PARTS) throw new AppError('PAYLOAD_TOO_LARGE', `At most ${MOST_PARTS} files come at once.`)
    const { named, problem } = await storeOne(parts, mediaType, body, target)
    const reference = {
      [ATTRIBUTE.referencedSopClass]: { vr: 'UI', ...valued(named.sopClassUid) },
      [ATTRIBUTE.referencedInstance]: { vr: 'UI', ...valued(named.instanceUid) },
    }
    if (problem !== null) failed.push({ ...reference, [ATTRIBUTE.failureReason]: { vr: 'US', Value: [problem] } })
    else stored.push(reference)
  }
  if (count === 0) throw new AppError('VALIDATION_FAILED', 'The body holds no file.')
  const answer: DicomJson = {
    ...(target.studyUid && !target.project.deidentifies
      ? { [ATTRIBUTE.retrieveUrl]: { vr: 'UR', Value: [`${target.base}/studies/${target.studyUid}`] } }
      : {}),
    ...(failed.length > 0 ? { [ATTRIBUTE.failedSequence]: { vr: 'SQ', Value: failed } } : {}),
    ...(stored.length > 0 ? { [ATTRIBUTE.referencedSequence]: { vr: 'SQ', Value: stored } } : {}),
  }
  return { status: failed.length === 0 ? 200 : stored.length > 0 ? 202 : 409, answer }
}

/** `problem`: a failure reason, or null. */
async function storeOne(
  parts: ImportParts,
  mediaType: string,
  body: Readable,
  { user, project, studyUid }: Target,
): Promise<{ named: Named; problem: number | null }> {
  const { maxFileBytes } = parts.config
  const limits = { picture: maxFileBytes, archive: maxFileBytes }
  let named: Named = { sopClassUid: null, instanceUid: null, studyUid: null, name: 'image.dcm' }
  let received: ReceivedFile
  try {
    received = await receiveFile(body, parts.storage.scratchDirectory, limits, { drains: true })
  } catch (error) {
    if (error instanceof AppError && error.code === 'FILE_TOO_LARGE') return { named, problem: FAILURE.noRoom }
    throw error
  }
  try {
    if (mediaType !== '' && mediaType !== 'application/dicom') return { named, problem: FAILURE.unreadable }
    named = await readNames(received.path)
    if (studyUid !== null && named.studyUid !== studyUid) return { named, problem: FAILURE.otherStudy }
    const item = await takeFile(parts, {
      ...{ id: newId<ImageId>(), user, project, name: named.name, file: received },
      ...{ annotation: null, group: null, duplicates: 'skip' },
    })
    if ('image' in item || item.error.code === 'FILE_DUPLICATE') return { named, problem: null }
    return { named, problem: failureOf(item.error) }
  } catch (error) {
    return { named, problem: failureOf(asProblem(parts, error)) }
  } finally {
    await rm(received.path, { force: true })
  }
}

const failureOf = ({ code }: Problem): number => FAILURES[code] ?? FAILURE.processing

async function readNames(path: string): Promise<Named> {
  const { dataSet } = readDicomNow(await readFile(path), { before: PIXELS, inflate })
  const uid = (tag: number) => textIn(dataSet, tag)
  const modality = (textIn(dataSet, TAG.modality) ?? 'DICOM').replace(/[^A-Za-z0-9]/g, '').slice(0, 16)
  const number = dataSet.decimals(TAG.number)?.[0] ?? 0
  return {
    sopClassUid: uid(TAG.sopClass),
    instanceUid: uid(TAG.instance),
    studyUid: uid(TAG.study),
    name: `${modality || 'DICOM'}-${String(Math.max(0, Math.trunc(number))).padStart(4, '0')}.dcm`,
  }
}

const textIn = (dataSet: DataSet, tag: number): string | null => dataSet.text(tag)?.slice(0, 64) ?? null
const valued = (text: string | null) => (text === null ? {} : { Value: [text] })
