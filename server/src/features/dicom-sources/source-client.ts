import { randomUUID } from 'node:crypto'
import { PassThrough, type Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { AppError, DicomUid } from '@vesalius/contracts'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { DicomJson } from '../../db/tables/dicom.ts'
import { unseal } from '../accounts/sealed.ts'
import { ATTRIBUTE, textOf, wholeOf } from '../dicomweb/dicom-json.ts'
import { boundaryOf, readParts } from '../dicomweb/multipart.ts'
import type { DicomSourceRow } from './dicom-sources.queries.ts'

/** What we ask of a DICOMweb server. Every request goes through the guard of outgoing calls. Throws AppError. */
export interface SourceClient {
  /** QIDO-RS. */
  search(path: string, query: Readonly<Record<string, string>>): Promise<DicomJson[]>
  /** WADO-RS: the bytes of one file, as the server stores it. */
  retrieve(of: { studyUid: string; seriesUid: string; instanceUid: string }): Promise<Readable>
  /** STOW-RS: one object. Answers why the server refused it, or null. */
  store(object: Uint8Array): Promise<string | null>
}

type Parts = Pick<Context, 'outgoing' | 'sealKey' | 'config'>

const ASK_TIMEOUT_MS = 60_000
const FETCH_TIMEOUT_MS = 30 * 60_000
const MOST_ANSWER_BYTES = 64 * 1024 ** 2
const DICOM = 'application/dicom'
const JSON_TYPES = 'application/dicom+json, application/json;q=0.9'
const Answer = z.array(z.record(z.string(), z.looseObject({ vr: z.string().optional() })))

export function openSource(
  { outgoing, sealKey, config }: Parts,
  source: Pick<DicomSourceRow, 'url' | 'auth' | 'username' | 'sealed_secret'>,
  signal?: AbortSignal,
): SourceClient {
  const base = source.url.replace(/\/+$/, '')
  const authorization = authorizationOf(sealKey, source)
  const ask = (
    path: string,
    { accept, ...options }: { accept: string; timeoutMs: number; maxBytes: number } & Sending,
  ) =>
    outgoing.request(`${base}${path}`, {
      ...{ timeoutMs: options.timeoutMs, maxBytes: options.maxBytes },
      ...(options.body ? { method: 'POST' as const, body: options.body } : {}),
      headers: {
        accept,
        ...(authorization ? { authorization } : {}),
        ...(options.contentType ? { 'content-type': options.contentType } : {}),
      },
      ...(signal ? { signal } : {}),
    })
  const limits = { timeoutMs: ASK_TIMEOUT_MS, maxBytes: MOST_ANSWER_BYTES }

  return {
    async search(path, query) {
      const answer = await ask(`${path}?${new URLSearchParams(query)}`, { ...limits, accept: JSON_TYPES })
      const body = await buffer(answer.body)
      if (answer.status === 204) return []
      if (answer.status !== 200) throw refused(answer.status)
      return readAnswer(body)
    },
    async retrieve({ studyUid, seriesUid, instanceUid }) {
      const path = `/studies/${studyUid}/series/${seriesUid}/instances/${instanceUid}`
      const answer = await ask(path, {
        accept: `multipart/related; type="${DICOM}"; transfer-syntax=*`,
        ...{ timeoutMs: FETCH_TIMEOUT_MS, maxBytes: config.maxFileBytes + 64 * 1024 },
      })
      if (answer.status !== 200) {
        answer.body.on('error', () => {}).resume()
        throw refused(answer.status)
      }
      const boundary = boundaryOf(answer.headers['content-type'])
      return boundary === null ? answer.body : firstPart(answer.body, boundary)
    },
    async store(object) {
      const boundary = `vesalius-${randomUUID()}`
      const body = Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Type: ${DICOM}\r\n\r\n`),
        object,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ])
      const contentType = `multipart/related; type="${DICOM}"; boundary=${boundary}`
      const answer = await ask('/studies', {
        ...{ accept: JSON_TYPES, timeoutMs: FETCH_TIMEOUT_MS, maxBytes: MOST_ANSWER_BYTES, body, contentType },
      })
      const said = await buffer(answer.body)
      if (answer.status === 409) return reasonOf(said)
      if (answer.status !== 200 && answer.status !== 202) throw refused(answer.status)
      return answer.status === 202 ? failureIn(said) : null
    },
  }
}

interface Sending {
  body?: Uint8Array
  contentType?: string
}

function authorizationOf(
  sealKey: string,
  { auth, username, sealed_secret }: Pick<DicomSourceRow, 'auth' | 'username' | 'sealed_secret'>,
): string | null {
  if (auth === 'none' || !sealed_secret) return null
  const secret = unseal(sealKey, sealed_secret)
  return auth === 'bearer' ? `Bearer ${secret}` : `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`
}

function readAnswer(body: Buffer): DicomJson[] {
  try {
    return Answer.parse(JSON.parse(body.toString('utf8'))) as DicomJson[]
  } catch (cause) {
    throw new AppError('OUTGOING_FAILED', 'The server answers with something that is no DICOM JSON.', {}, { cause })
  }
}

/** The first part of an answer; what goes wrong on the way ends the stream with an error. */
function firstPart(body: Readable, boundary: string): Readable {
  const output = new PassThrough()
  const read = async () => {
    for await (const part of readParts(body, boundary)) {
      for await (const chunk of part.body) {
        if (!output.write(chunk)) await new Promise((resolve) => output.once('drain', resolve).once('close', resolve))
        if (output.destroyed) return
      }
      output.end()
      return
    }
    throw new AppError('OUTGOING_FAILED', 'The answer of the server holds no file.')
  }
  read().catch((error: unknown) => output.destroy(error as Error))
  return output
}

function refused(status: number): AppError {
  if (status === 401 || status === 403) {
    return new AppError(
      'OUTGOING_FAILED',
      `The server does not let us in (${status}). Look at the name and the secret.`,
    )
  }
  return new AppError('OUTGOING_FAILED', `The server answers ${status}.`)
}

/** What a server says of an object that it did not take. Source: DICOM PS3.18 section 10.5.3. */
function failureIn(said: Buffer): string | null {
  const [failure] = failuresOf(said)
  return failure ? tellFailure(failure) : null
}

function reasonOf(said: Buffer): string {
  return failureIn(said) ?? 'The server refused the object.'
}

function tellFailure(failure: DicomJson): string {
  const code = wholeOf(failure, ATTRIBUTE.failureReason)
  const hex = code === null ? '' : ` (${code.toString(16).toUpperCase().padStart(4, '0')})`
  return `The server refused the object${hex}.`
}

function failuresOf(said: Buffer): DicomJson[] {
  try {
    const answer = JSON.parse(said.toString('utf8')) as DicomJson | DicomJson[]
    const one = (Array.isArray(answer) ? answer[0] : answer) ?? {}
    const failed = one[ATTRIBUTE.failedSequence]?.Value
    return Array.isArray(failed) ? (failed as DicomJson[]) : []
  } catch {
    return []
  }
}

/** A UID that a server says, where it is one. */
export function uidOf(json: DicomJson, tag: string): string | null {
  const parsed = DicomUid.safeParse(textOf(json, tag))
  return parsed.success ? parsed.data : null
}
