import { buffer } from 'node:stream/consumers'
import { AppError } from '@vesalius/contracts'
import { bearerOf } from '../remote-server.ts'
import type { ClientParts, Question } from './client.ts'

const TIMEOUT_MS = 120_000
/** Tensors of a large picture written as JSON. */
const MOST_BYTES = 128 * 1024 ** 2
const SHOWN_LENGTH = 4000

export interface ServerAnswer {
  bytes: Buffer
  mediaType: string
  /** Throws OUTGOING_FAILED where it is no JSON. */
  json(): unknown
}

/** Calls a server of the settings below its address. Throws AppError; `details.said` is what it said. */
export async function callServer(
  { outgoing, sealKey }: ClientParts,
  { server, signal }: Pick<Question, 'server' | 'signal'>,
  path: string,
  { body, mediaType = 'application/json' }: { body?: string | Uint8Array; mediaType?: string } = {},
): Promise<ServerAnswer> {
  const base = (server.settings.url ?? '').replace(/\/+$/, '')
  const answer = await outgoing.request(`${base}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: '*/*',
      ...(body === undefined ? {} : { 'content-type': mediaType }),
      ...bearerOf(sealKey, server),
    },
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
  })
  const bytes = await buffer(answer.body)
  const said = bytes.subarray(0, SHOWN_LENGTH).toString('utf8')
  if (answer.status < 200 || answer.status >= 300) {
    throw new AppError('OUTGOING_FAILED', `The server answers ${answer.status} to ${path.split('?')[0]}.`, {
      said,
      status: answer.status,
    })
  }
  return {
    bytes,
    mediaType: answer.headers['content-type'] ?? '',
    json: () => {
      try {
        return JSON.parse(bytes.toString('utf8'))
      } catch (cause) {
        throw new AppError('OUTGOING_FAILED', 'The server answers with something that is no JSON.', { said }, { cause })
      }
    },
  }
}

/** The server answers, but not what was asked. */
export function unusable(reason: string, said: unknown): AppError {
  const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? '')
  return new AppError('OUTGOING_FAILED', `The answer cannot be used: ${reason}.`, { said: text.slice(0, SHOWN_LENGTH) })
}

export const shown = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? '')).slice(0, SHOWN_LENGTH)

/** Names of models may have slashes; nothing else of them reaches the path. */
export const modelPath = (model: string | null): string =>
  (model ?? '')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')
