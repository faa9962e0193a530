import type { ErrorBody } from './generated/types.ts'

/** An answer that is no JSON, as it comes: `await content.blob()`, or `content.body` to stream it. */
export type Content = Response

/** A thing and its revision: give `etag` as `ifMatch` when you change it, and a change meanwhile answers 412. */
export interface Tagged<Body> {
  body: Body
  etag: string
}

/** A file to send, and what is told of it. */
export interface Upload {
  file: Blob
  name: string
  /** Its annotation, as a label file. */
  label?: object
  /** Patient or slide: images of one group never fall on both sides of a split. */
  group?: string
}

/** What a method knows of its operation. */
export interface Call {
  method: string
  /** With `{name}` for parameters. */
  path: string
  answers: 'none' | 'json' | 'tagged' | 'content'
  /** Names of the parameters of the query. */
  query?: readonly string[]
  sends?: 'json' | 'form' | 'bytes'
  mediaType?: string
}

/** Sends a call with its input, answers what it answers. */
export type Sender = <Answer>(call: Call, input: object) => Promise<Answer>

/** A refusal. `status` is 0 where nobody answered; `code` is stable, the message is for people. */
export class VesaliusError extends Error {
  override name = 'VesaliusError'
  readonly status: number
  readonly code: string
  /** The answer as it came: of an upload without a single image, what was wrong with each file. */
  readonly body: unknown

  constructor(status: number, code: string, message: string, options: { body?: unknown; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.status = status
    this.code = code
    this.body = options.body
  }
}

export interface Connection {
  /** Where the server is, without `/api`. */
  url: string
  /** An API token; without one only what anybody may. */
  token?: string
  /** How often a request is sent again that the server had no time for (429, 503): 3. */
  retries?: number
  fetch?: typeof fetch
  signal?: AbortSignal
}

const LONGEST_PAUSE_SECONDS = 30

export function openSender(connection: Connection): Sender {
  const { retries = 3, fetch: send = fetch, signal } = connection
  const base = connection.url.replace(/\/+$/, '')
  return async <Answer>(call: Call, input: object) => {
    const fields = input as Record<string, unknown>
    const request = { method: call.method, ...writeBody(call, fields, connection.token), signal: signal ?? null }
    for (let left = retries; ; left -= 1) {
      const answer = await send(base + writePath(call, fields), request).catch((cause: unknown) => {
        signal?.throwIfAborted()
        throw new VesaliusError(0, 'OFFLINE', `${base} does not answer`, { cause })
      })
      if (answer.ok) return (await readAnswer(call, answer)) as Answer
      if (left === 0 || (answer.status !== 429 && answer.status !== 503)) throw await readProblem(answer)
      await pause(answer)
    }
  }
}

function writePath({ path, query = [] }: Call, fields: Record<string, unknown>): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])))
  const search = new URLSearchParams()
  for (const name of query) if (fields[name] !== undefined) search.set(name, String(fields[name]))
  return search.size > 0 ? `${filled}?${search}` : filled
}

function writeBody({ sends, mediaType }: Call, { body, ifMatch }: Record<string, unknown>, token?: string) {
  const headers: Record<string, string> = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(ifMatch ? { 'if-match': String(ifMatch) } : {}),
  }
  if (!sends || body === undefined) return { headers }
  if (sends === 'form') return { headers, body: writeForm(body as Upload[]) }
  if (sends === 'bytes') return { headers: { ...headers, 'content-type': mediaType ?? '' }, body: body as BodyInit }
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** What is told of a file goes before it. */
function writeForm(uploads: readonly Upload[]): FormData {
  const form = new FormData()
  for (const { file, name, label, group } of uploads) {
    if (group !== undefined) form.append('group', group)
    if (label !== undefined) form.append('label', JSON.stringify(label))
    form.append('file', file, name)
  }
  return form
}

async function readAnswer({ answers }: Call, answer: Response): Promise<unknown> {
  if (answers === 'content') return answer
  const text = await answer.text()
  const body = text === '' ? undefined : JSON.parse(text)
  return answers === 'tagged' ? { body, etag: answer.headers.get('etag') ?? '' } : body
}

async function readProblem(answer: Response): Promise<VesaliusError> {
  const text = await answer.text()
  let body: unknown = text
  try {
    body = JSON.parse(text)
  } catch {}
  const {
    code,
    title,
    detail,
    issues = [],
  } = ((typeof body === 'object' ? body : null) as Partial<ErrorBody> & object) ?? {}
  const told = issues.map(({ path, message }) => `${path}: ${message}`)
  const message = [detail ?? title ?? `the server answers ${answer.status}`, ...told].join('\n')
  return new VesaliusError(answer.status, code ?? 'INTERNAL', message, { body })
}

async function pause(answer: Response): Promise<void> {
  await answer.body?.cancel()
  const seconds = Math.min(LONGEST_PAUSE_SECONDS, Number(answer.headers.get('retry-after')) || 1)
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
}
