import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { cleanup, configure, render } from '@testing-library/react'
import { afterEach, vi } from 'vitest'
import { makeQueryClient } from '../api/query-client.ts'
import { UploadsProvider } from '../features/uploads/uploads-context.tsx'
import { startI18n } from '../i18n/i18n.ts'
import { makeRouter } from '../routes.tsx'

/** What was asked of the server. */
export interface Asked {
  method: string
  path: string
  body: unknown
  ifMatch: string | null
}

/** What every element is said to measure; without it nothing has a size. */
interface Room {
  width: number
  height: number
}

/** The viewport is loaded with the first page that shows an image. */
export const LATER = { timeout: 20_000 }

/** Pages are loaded when they are first opened, which takes its time on a busy machine. */
configure({ asyncUtilTimeout: 20_000 })

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/**
 * Opens an address of the application in English in jsdom, in front of a server that gives these answers by path: other
 * things are not found, and every change succeeds. Gives what is asked of it.
 */
export async function openPage(
  address: string,
  answers: Readonly<Record<string, unknown>>,
  room?: Room,
): Promise<Asked[]> {
  // Files of one worker share this module, so what follows each test is theirs alone who loaded it first.
  cleanup()
  const asked: Asked[] = []
  stubBrowser(room)
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', body, headers }: RequestInit = {}) => {
    const path = url.replace('/api/v1', '').replace(/\?.*/, '')
    const ifMatch = new Headers(headers).get('if-match')
    asked.push({ method, path, body: body ? JSON.parse(String(body)) : null, ifMatch })
    const answer = answers[path]
    const status = answer === undefined && method === 'GET' ? 404 : 200
    return new Response(JSON.stringify(answer ?? {}), { status, headers: { etag: '"3"' } })
  })
  localStorage.setItem('vesalius.language', 'en')
  window.history.pushState({}, '', address)
  await startI18n()
  const client = makeQueryClient()
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <UploadsProvider>
          <RouterProvider router={makeRouter(client)} />
        </UploadsProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return asked
}

/** What jsdom has none of. */
function stubBrowser(room?: Room): void {
  const listeners = { addEventListener() {}, removeEventListener() {} }
  class Observer {
    readonly #tell: (entries: object[]) => void
    constructor(tell: (entries: object[]) => void) {
      this.#tell = tell
    }
    observe(target: Element) {
      if (room) requestAnimationFrame(() => this.#tell([{ target, contentRect: { x: 0, y: 0, ...room } }]))
    }
    unobserve() {}
    disconnect() {}
  }
  class Source {
    addEventListener() {}
    close() {}
  }
  vi.stubGlobal('matchMedia', () => ({ matches: false, ...listeners }))
  vi.stubGlobal('ResizeObserver', Observer)
  vi.stubGlobal('EventSource', Source)
  vi.stubGlobal('scrollTo', () => {})
  Object.defineProperty(document, 'fonts', { configurable: true, value: listeners })
}
