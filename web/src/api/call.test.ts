import { routes } from '@vesalius/contracts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { call, exchange, urlOf } from './call.ts'
import { ApiProblem } from './problem.ts'

const projectId = '0190a000-0000-7000-8000-000000000001' as never
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  vi.fn(async () => new Response(body === null ? null : JSON.stringify(body), { status, headers }))

afterEach(() => vi.unstubAllGlobals())

describe('call', () => {
  it('fills the path, drops undefined query fields and sends the body as JSON', async () => {
    const fetch = answer(200, { ok: true })
    vi.stubGlobal('fetch', fetch)
    expect(urlOf(routes.listImages, { params: { projectId }, query: { annotated: false, state: undefined } })).toBe(
      `/api/v1/projects/${projectId}/images?annotated=false`,
    )
    await call(routes.updateProject, { params: { projectId }, body: { name: 'Smears' } })
    const [url, init] = fetch.mock.calls[0] as unknown as [string, RequestInit]
    expect(url).toBe(`/api/v1/projects/${projectId}`)
    expect(init.method).toBe('PATCH')
    expect(init.body).toBe('{"name":"Smears"}')
  })

  it('gives the ETag and sends If-Match', async () => {
    const fetch = answer(200, { type: 1000, data: {} }, { etag: '"4"' })
    vi.stubGlobal('fetch', fetch)
    const { etag } = await exchange(routes.putLabel, {
      params: { imageId: projectId },
      body: { type: 1000, data: {} },
      ifMatch: '"3"',
    })
    expect(etag).toBe('"4"')
    const [, init] = fetch.mock.calls[0] as unknown as [string, RequestInit]
    expect(new Headers(init.headers).get('if-match')).toBe('"3"')
  })

  it('turns problem+json into a problem with its code', async () => {
    vi.stubGlobal('fetch', answer(412, { type: 'about:blank', title: 'Changed', status: 412, code: 'LABEL_CHANGED' }))
    const failure = await call(routes.me, {}).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ApiProblem)
    expect(failure).toMatchObject({ code: 'LABEL_CHANGED', status: 412, isTransient: false })
  })

  it('calls a broken connection OFFLINE and a gateway error UNAVAILABLE, both worth another try', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('failed to fetch')))
    await expect(call(routes.me, {})).rejects.toMatchObject({ code: 'OFFLINE', isTransient: true })
    vi.stubGlobal('fetch', answer(502, null))
    await expect(call(routes.me, {})).rejects.toMatchObject({ code: 'UNAVAILABLE', isTransient: true })
  })

  it('answers undefined where there is no body', async () => {
    vi.stubGlobal('fetch', answer(204, null))
    await expect(call(routes.logout, {})).resolves.toBeUndefined()
  })
})
