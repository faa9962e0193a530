import type { QueryClient } from '@tanstack/react-query'
import { routes, ServerEvent } from '@vesalius/contracts'
import { urlOf } from './call.ts'
import { keys } from './keys.ts'
import { patchCaches } from './patch-caches.ts'

const KINDS = ServerEvent.options.map((option) => option.shape.kind.value)
const GATHER_MS = 120
const REFETCH_MS = 1500
const LONGEST_WAIT_MS = 15_000

/**
 * Listens to the server's changes and keeps the caches current. Events that come close together are applied at
 * once; lists are refetched at most every 1.5 s. After a lost connection everything shown is asked for again,
 * because nobody knows what was missed.
 */
export function openEventStream(client: QueryClient, onLost: (isLost: boolean) => void): () => void {
  const gathered: ServerEvent[] = []
  const stale = new Map<string, readonly unknown[]>()
  let source: EventSource | undefined
  let timers = { apply: 0, refetch: 0, reconnect: 0 }
  let waitMs = 1000
  let wasLost = false

  const refetch = () => {
    timers.refetch = 0
    for (const key of stale.values()) void client.invalidateQueries({ queryKey: key })
    stale.clear()
  }
  const apply = () => {
    timers.apply = 0
    for (const key of patchCaches(client, gathered.splice(0))) stale.set(JSON.stringify(key), key)
    if (stale.size > 0) timers.refetch ||= window.setTimeout(refetch, REFETCH_MS)
  }
  const receive = (message: MessageEvent<string>) => {
    const event = ServerEvent.safeParse(parseJson(message.data))
    if (!event.success) return
    gathered.push(event.data)
    timers.apply ||= window.setTimeout(apply, GATHER_MS)
  }
  const connect = () => {
    source = new EventSource(urlOf(routes.events))
    for (const kind of KINDS) source.addEventListener(kind, receive)
    source.onopen = () => {
      waitMs = 1000
      if (wasLost) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== keys.queuesOf('')[0] })
      wasLost = false
      onLost(false)
    }
    source.onerror = () => {
      wasLost = true
      onLost(true)
      // The stream does not say why it ended: maybe the session did.
      void client.invalidateQueries({ queryKey: keys.me })
      source?.close()
      timers.reconnect = window.setTimeout(connect, waitMs)
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
    }
  }
  connect()
  return () => {
    source?.close()
    for (const timer of Object.values(timers)) window.clearTimeout(timer)
    timers = { apply: 0, refetch: 0, reconnect: 0 }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
