import { setTimeout as wait } from 'node:timers/promises'
import { AppError, type WebhookDeliveryId, type WebhookTry } from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { Context } from '../../context.ts'
import type { WebhooksTable } from '../../db/tables/webhooks.ts'
import { openSecrets } from '../remote/signing-secrets.ts'
import { signMessage } from '../remote/webhook-signature.ts'

export type WebhookRow = Selectable<WebhooksTable>

const TIMEOUT_MS = 15_000
/** Of the answer only its beginning is kept. */
const KEPT_BYTES = 4096
const MOST_ANSWER_BYTES = 1024 * 1024
const MOST_HEADERS = 30
const KEPT_HEADER_CHARACTERS = 300
const MOST_PAUSE_SECONDS = 3600

export interface Outcome extends Omit<WebhookTry, 'at'> {
  isDelivered: boolean
  /** What the receiver asks us to wait, in seconds; 0: nothing. */
  pauseSeconds: number
}

/** One try to deliver a message; it arrived when the answer is 2xx. Redirects are not followed: they would carry it elsewhere. */
export async function tryDelivery(
  { outgoing, sealKey, version }: Pick<Context, 'outgoing' | 'sealKey' | 'version'>,
  { url, sealed_secrets }: Pick<WebhookRow, 'url' | 'sealed_secrets'>,
  { id, body }: { id: WebhookDeliveryId; body: string },
  signal: AbortSignal,
): Promise<Outcome> {
  const requestHeaders = {
    'content-type': 'application/json',
    'user-agent': `Vesalius/${version}`,
    ...signMessage(openSecrets(sealKey, sealed_secrets), { id, body }),
  }
  const started = performance.now()
  const done = (rest: Pick<Outcome, 'status' | 'response' | 'reason'> & Partial<Outcome>): Outcome => ({
    ...{ isDelivered: false, pauseSeconds: 0, responseHeaders: {}, requestHeaders },
    milliseconds: Math.round(performance.now() - started),
    ...rest,
  })
  try {
    const bounds = { timeoutMs: TIMEOUT_MS, maxBytes: MOST_ANSWER_BYTES, maxRedirects: 0, signal }
    const answer = await outgoing.request(url, { method: 'POST', headers: requestHeaders, body, ...bounds })
    const response = await readBeginning(answer.body)
    const { status } = answer
    const isDelivered = status >= 200 && status < 300
    const wanted = Number(answer.headers['retry-after'])
    return done({
      ...{ status, response, isDelivered },
      responseHeaders: boundHeaders(answer.headers),
      pauseSeconds: Number.isFinite(wanted) ? Math.min(Math.max(wanted, 0), MOST_PAUSE_SECONDS) : 0,
      reason: isDelivered ? null : `The address answers ${status}.`,
    })
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    return done({ status: null, response: '', reason: error.message })
  }
}

/** The rest of an answer is not waited for. */
async function readBeginning(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string> {
  const read = async () => {
    const parts: Buffer[] = []
    let size = 0
    try {
      for await (const part of body) {
        parts.push(part)
        size += part.length
        if (size >= KEPT_BYTES) break
      }
    } catch {
      // The status decides; a body that breaks off is shown as far as it came.
    }
    return Buffer.concat(parts).subarray(0, KEPT_BYTES).toString('utf8').replaceAll('\0', '')
  }
  const giveUp = new AbortController()
  const late = wait(5000, '', { signal: giveUp.signal }).catch(() => '')
  const text = await Promise.race([read(), late])
  giveUp.abort()
  body.destroy()
  return text
}

function boundHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const known = Object.entries(headers).filter(([name]) => name !== 'set-cookie')
  return Object.fromEntries(
    known.slice(0, MOST_HEADERS).map(([name, value]) => [name, String(value).slice(0, KEPT_HEADER_CHARACTERS)]),
  )
}
