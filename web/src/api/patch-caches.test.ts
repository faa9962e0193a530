import { QueryClient } from '@tanstack/react-query'
import type { Image, Run } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { keys } from './keys.ts'
import { type ImagePages, patchCaches } from './patch-caches.ts'

const project = 'project-1'
const image = (id: string, changes: object = {}) =>
  ({ id, projectId: project, labelRevision: 0, updatedAt: '2026-01-01T00:00:00.000Z', ...changes }) as unknown as Image
const run = (changes: object) =>
  ({
    id: 'run-1',
    projectId: project,
    finishedAt: null,
    curve: [],
    progress: { phase: 'training' },
    ...changes,
  }) as unknown as Run

function clientWith(...items: Image[]) {
  const client = new QueryClient()
  const pages: ImagePages = { pages: [{ items, nextCursor: null }], pageParams: [null] }
  client.setQueryData(keys.images(project, {}), pages)
  return client
}
const shown = (client: QueryClient) => client.getQueryData<ImagePages>(keys.images(project, {}))!.pages[0]!.items

describe('patchCaches', () => {
  it('replaces a known image where it stands and asks for no refetch of the list', () => {
    const client = clientWith(image('a'), image('b'))
    const stale = patchCaches(client, [{ kind: 'image', image: image('b', { labelRevision: 2 }) }])
    expect(shown(client).map(({ id, labelRevision }) => [id, labelRevision])).toEqual([
      ['a', 0],
      ['b', 2],
    ])
    expect(stale).toEqual([keys.project(project)])
  })

  it('names the list as stale when an image is new to it', () => {
    const stale = patchCaches(clientWith(image('a')), [{ kind: 'image', image: image('new') }])
    expect(stale).toContainEqual(keys.imagesOf(project))
  })

  it('does not let an older event undo a newer image', () => {
    const client = clientWith(image('a', { labelRevision: 3, updatedAt: '2026-01-02T00:00:00.000Z' }))
    patchCaches(client, [{ kind: 'image', image: image('a', { labelRevision: 2 }) }])
    expect(shown(client)[0]?.labelRevision).toBe(3)
  })

  it('takes a removed image out', () => {
    const client = clientWith(image('a'), image('b'))
    patchCaches(client, [{ kind: 'image-removed', imageId: 'a' as never, projectId: project as never }])
    expect(shown(client).map(({ id }) => id)).toEqual(['b'])
  })

  it('adds a run nobody here knew and never reopens one that ended', () => {
    const client = new QueryClient()
    client.setQueryData(keys.runs(project), { items: [] })
    patchCaches(client, [{ kind: 'run', run: run({ finishedAt: '2026-01-01T00:00:00.000Z', state: 'succeeded' }) }])
    patchCaches(client, [{ kind: 'run', run: run({ state: 'running' }) }])
    const list = client.getQueryData<{ items: Run[] }>(keys.runs(project))
    expect(list?.items.map(({ state }) => state)).toEqual(['succeeded'])
  })
})
