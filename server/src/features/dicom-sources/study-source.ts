import { createHmac } from 'node:crypto'
import { AppError, type DicomSelection } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { DicomImport } from '../../db/tables/exchange.ts'
import type { ImportRow } from '../../db/tables.ts'
import { ATTRIBUTE, textOf, wholeOf } from '../dicomweb/dicom-json.ts'
import { type ImportSource, MOST_FILES, type SourceFile } from '../imports/import-source.ts'
import { findSource } from './dicom-sources.queries.ts'
import { openSource, type SourceClient, uidOf } from './source-client.ts'

type Parts = Pick<Context, 'db' | 'outgoing' | 'sealKey' | 'config' | 'uidSecret'>

const PAGE = 1000
/** Files fetched at a time: an archive has others to serve. */
const FETCHED_TOGETHER = 8
/** Servers do not say how large a file is; until it is here it counts as this. */
const USUAL_BYTES = 8 * 1024 ** 2

interface Instance {
  studyUid: string
  seriesUid: string
  instanceUid: string
  modality: string
  seriesNumber: number
  instanceNumber: number
  patient: string
}

/**
 * The files of chosen studies and series on a DICOMweb server, each fetched when its turn comes. They are called by kind and
 * number, behind a short name of their study that tells nothing of the patient. Throws AppError.
 */
export async function openStudies(
  parts: Parts,
  { request }: Pick<ImportRow, 'request'>,
  signal: AbortSignal,
): Promise<ImportSource> {
  const { sourceId, selections } = request as DicomImport
  const source = await findSource(parts.db, sourceId)
  if (!source) throw new AppError('NOT_FOUND', 'The DICOMweb server was removed from this installation.')
  const client = openSource(parts, source, signal)
  const instances: Instance[] = []
  for (const selection of selections) {
    signal.throwIfAborted()
    instances.push(...(await listInstances(client, selection)))
    if (instances.length > MOST_FILES)
      throw new AppError('PAYLOAD_TOO_LARGE', `There are more than ${MOST_FILES} files.`)
  }
  if (instances.length === 0) throw new AppError('NOT_FOUND', 'The server finds nothing of what was chosen.')
  const hide = (text: string) => createHmac('sha256', parts.uidSecret).update(text).digest('hex')
  const takeTurn = createTurns(FETCHED_TOGETHER)
  const files = instances.sort(compare).map(
    (instance): SourceFile => ({
      path: pathOf(instance, hide),
      byteSize: USUAL_BYTES,
      problem: null,
      group: hide(instance.patient || instance.studyUid).slice(0, 32),
      open: async () => {
        const giveBack = await takeTurn()
        try {
          const body = await client.retrieve(instance)
          return body.once('close', giveBack)
        } catch (error) {
          giveBack()
          throw error
        }
      },
    }),
  )
  return { total: files.length, ignored: 0, files: () => files, close: async () => {} }
}

async function listInstances(client: SourceClient, { studyUid, seriesUids }: DicomSelection): Promise<Instance[]> {
  const paths = seriesUids
    ? seriesUids.map((uid) => `/studies/${studyUid}/series/${uid}/instances`)
    : [`/studies/${studyUid}/instances`]
  const found = new Map<string, Instance>()
  for (const path of paths) {
    const seriesUid = /\/series\/([\d.]+)\//.exec(path)?.[1] ?? null
    for (let offset = 0; offset <= MOST_FILES; ) {
      const page = await client.search(path, {
        includefield: [ATTRIBUTE.instanceNumber, ATTRIBUTE.seriesNumber, ATTRIBUTE.modality].join(','),
        limit: String(PAGE),
        offset: String(offset),
      })
      const before = found.size
      for (const json of page) {
        const instanceUid = uidOf(json, ATTRIBUTE.instanceUid)
        const series = seriesUid ?? uidOf(json, ATTRIBUTE.seriesUid)
        if (!instanceUid || !series) continue
        found.set(instanceUid, {
          ...{ studyUid, seriesUid: series, instanceUid },
          modality: (textOf(json, ATTRIBUTE.modality) ?? 'DICOM').replace(/[^A-Za-z0-9]/g, '').slice(0, 16) || 'DICOM',
          seriesNumber: wholeOf(json, ATTRIBUTE.seriesNumber) ?? 0,
          instanceNumber: wholeOf(json, ATTRIBUTE.instanceNumber) ?? 0,
          patient: textOf(json, ATTRIBUTE.patientId) ?? '',
        })
      }
      offset += page.length
      // Some servers answer everything at once whatever is asked for, and again for the next page.
      if (page.length < PAGE || found.size === before) break
    }
  }
  return [...found.values()]
}

function pathOf(
  { studyUid, modality, seriesNumber, instanceNumber }: Instance,
  hide: (text: string) => string,
): string {
  const number = String(Math.max(0, instanceNumber)).padStart(4, '0')
  return `${hide(studyUid).slice(0, 6)}-${modality}-${Math.max(0, seriesNumber)}-${number}.dcm`
}

function compare(a: Instance, b: Instance): number {
  return (
    byText(a.studyUid, b.studyUid) ||
    a.seriesNumber - b.seriesNumber ||
    byText(a.seriesUid, b.seriesUid) ||
    a.instanceNumber - b.instanceNumber ||
    byText(a.instanceUid, b.instanceUid)
  )
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Lets so many go on at a time; what is answered gives the turn back, once. */
function createTurns(most: number): () => Promise<() => void> {
  let free = most
  const waiting: (() => void)[] = []
  return async () => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
