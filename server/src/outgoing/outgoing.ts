import { lookup } from 'node:dns/promises'
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { type Readable, Transform } from 'node:stream'
import { AppError } from '@vesalius/contracts'
import { createAddressGuard } from './address-guard.ts'

/**
 * Every request the server makes to an address that a person gave: fetched images, webhooks, remote models. Names are
 * resolved once and the connection goes to the very address that was checked; redirects are checked again; time and
 * size are bounded. Nothing else in the program opens outgoing HTTP connections to such addresses.
 */
export interface Outgoing {
  /**
   * Throws AppError: OUTGOING_REFUSED where the address may not be called, OUTGOING_FAILED where nobody answers, the
   * answer takes too long, or it is larger than `maxBytes`; that of the size comes as an error of the body's stream.
   */
  request(url: string | URL, options: OutgoingOptions): Promise<OutgoingAnswer>
}

export interface OutgoingOptions {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT'
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** From the first byte sent to the last one received, in milliseconds. */
  timeoutMs: number
  /** Most bytes of the answer's body. */
  maxBytes: number
  /** Most redirects followed; 0 hands a redirect back as the answer. A body is never sent to a second address. */
  maxRedirects?: number
  signal?: AbortSignal
}

export interface OutgoingAnswer {
  status: number
  headers: IncomingHttpHeaders
  /** Where the answer came from, after redirects. */
  url: URL
  /** To be read to its end or destroyed. */
  body: Readable
}

export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>

/** Headers that must not follow a redirect to another origin. */
const CREDENTIALS = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-amz-security-token'])

export function createOutgoing(
  allow: readonly string[],
  resolve: Resolve = (host) => lookup(host, { all: true, verbatim: true }),
): Outgoing {
  const guard = createAddressGuard(allow)

  /** The addresses of a host, all of which may be called: one that may not is enough to refuse. */
  const findAddresses = async (url: URL) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const family = isIP(host)
    const found = family ? [{ address: host, family }] : await resolve(host).catch(() => [])
    if (found.length === 0) throw new AppError('OUTGOING_FAILED', `There is no host of the name ${host}.`)
    if (!found.every(({ address }) => guard.isAllowed(address, host))) {
      throw new AppError(
        'OUTGOING_REFUSED',
        `${host} is an address inside this server's network. VESALIUS_OUTGOING_ALLOW names those that may be called.`,
      )
    }
    return found
  }

  return {
    async request(target, options) {
      const signal = AbortSignal.any([
        AbortSignal.timeout(options.timeoutMs),
        ...(options.signal ? [options.signal] : []),
      ])
      let url = readUrl(target)
      let headers = { ...options.headers }
      for (let redirects = 0; ; redirects += 1) {
        const response = await send(url, await findAddresses(url), { ...options, headers, signal })
        const status = response.statusCode ?? 0
        const { location } = response.headers
        const isRedirect = [301, 302, 303, 307, 308].includes(status) && location !== undefined
        if (!isRedirect || (options.maxRedirects ?? 5) === 0 || options.body !== undefined) {
          return { status, headers: response.headers, url, body: bound(response, options.maxBytes) }
        }
        response.destroy()
        if (redirects >= (options.maxRedirects ?? 5)) {
          throw new AppError('OUTGOING_FAILED', `${url.hostname} redirects too often.`)
        }
        const next = readUrl(new URL(location, url))
        if (next.origin !== url.origin) {
          headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name.toLowerCase())))
        }
        url = next
      }
    },
  }
}

/** Throws AppError when it is no plain http or https address. */
function readUrl(target: string | URL): URL {
  const url = URL.parse(String(target))
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError('OUTGOING_REFUSED', 'Only http and https addresses can be called.')
  }
  if (url.username || url.password) {
    throw new AppError('OUTGOING_REFUSED', 'An address with a user name or password in it is not called.')
  }
  return url
}

type Addresses = { address: string; family: number }[]

function send(
  url: URL,
  addresses: Addresses,
  { method = 'GET', headers, body, signal }: OutgoingOptions & { signal: AbortSignal },
): Promise<IncomingMessage> {
  const pinned: LookupFunction = (_host, wanted, done) => {
    const [first] = addresses
    if (wanted.all) done(null, addresses)
    else done(null, first?.address ?? '', first?.family ?? 0)
  }
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const open = url.protocol === 'https:' ? requestHttps : requestHttp
  const request = open(
    url,
    {
      method,
      signal,
      lookup: pinned,
      agent: false,
      headers: {
        'user-agent': 'Vesalius',
        'accept-encoding': 'identity',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
    },
    resolve,
  )
  request.on('error', (cause) => reject(asFailure(url, cause, signal)))
  request.end(body)
  return promise
}

function asFailure(url: URL, cause: Error, signal: AbortSignal): AppError {
  const isLate = (signal.reason as Error | undefined)?.name === 'TimeoutError'
  const text = isLate ? `${url.hostname} takes too long to answer.` : `${url.hostname} cannot be reached.`
  return new AppError('OUTGOING_FAILED', text, {}, { cause })
}

/** The body, which ends with an error where it is longer than allowed or breaks off. */
function bound(response: IncomingMessage, maxBytes: number): Readable {
  const tooLarge = () => new AppError('OUTGOING_FAILED', 'The answer is larger than this server takes.')
  let left = maxBytes
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length
      if (left < 0) done(tooLarge())
      else done(null, chunk)
    },
  })
  const stated = Number(response.headers['content-length'] ?? 0)
  response.on('error', (cause) =>
    counter.destroy(new AppError('OUTGOING_FAILED', 'The answer broke off.', {}, { cause })),
  )
  response.on('close', () => {
    if (!response.complete && !counter.destroyed)
      counter.destroy(new AppError('OUTGOING_FAILED', 'The answer broke off.'))
  })
  counter.on('close', () => response.destroy())
  if (stated > maxBytes) process.nextTick(() => counter.destroy(tooLarge()))
  return response.pipe(counter)
}
