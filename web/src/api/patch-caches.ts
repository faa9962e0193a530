import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { Image, ProjectId, Run, ServerEvent } from '@vesalius/contracts'
import { keys } from './keys.ts'

export interface ImagePage {
  items: Image[]
  nextCursor: string | null
}
export type ImagePages = InfiniteData<ImagePage, string | null>

/**
 * Brings cached answers up to date with what the server says happened. Known objects are replaced where they
 * stand, so that nothing jumps under the pointer; lists that may have gained or lost entries are named in the
 * answer, for the caller to refetch at a pace of its choosing.
 */
export function patchCaches(client: QueryClient, events: readonly ServerEvent[]): (readonly unknown[])[] {
  const stale = new Map<string, readonly unknown[]>()
  const mark = (key: readonly unknown[]) => stale.set(JSON.stringify(key), key)
  const markKnown = (key: readonly unknown[]) => client.getQueryState(key) && mark(key)
  const images = new Map<string, Image>()
  for (const event of events) {
    switch (event.kind) {
      case 'image':
        images.set(event.image.id, event.image)
        mark(keys.project(event.image.projectId))
        markKnown(keys.reviewCounts(event.image.projectId))
        markKnown(keys.comments(event.image.id))
        markKnown(keys.reviews(event.image.id))
        break
      case 'image-removed':
        dropImage(client, event.projectId, event.imageId)
        mark(keys.project(event.projectId))
        break
      case 'run':
        patchRun(client, event.run)
        if (event.run.progress.phase === 'done') mark(keys.project(event.run.projectId))
        break
      case 'import':
        client.setQueryData(keys.import(event.import.id), event.import)
        mark(keys.imports(event.import.projectId))
        if (event.import.finishedAt) mark(keys.imagesOf(event.import.projectId))
        break
      case 'model':
        mark(keys.models(event.projectId))
        mark(keys.project(event.projectId))
        break
      case 'project':
        mark(keys.project(event.projectId))
        mark(keys.projects)
        markKnown(keys.studies(event.projectId))
        markKnown(keys.classEdits(event.projectId))
        break
      case 'message':
        mark(keys.messages)
        mark(keys.news)
        break
      case 'discussion':
        markKnown(keys.discussions(event.imageId))
        mark(keys.messages)
        break
      case 'notification':
        mark(keys.notifications)
        mark(keys.news)
        break
      case 'presence':
        client.setQueryData(keys.presence(event.imageId), event.items)
        break
      case 'submitted':
        client.setQueryData(keys.submission(event.imageId), { revision: event.revision, author: event.author })
        if (!holdsRevision(client, event.imageId, event.revision)) mark(keys.label(event.imageId))
        break
      case 'reading':
        for (const key of [keys.studies, keys.gold, keys.ownGold, keys.imagesOf]) mark(key(event.projectId))
        if (event.studyId) mark(keys.agreement(event.studyId))
        break
      case 'reviewed':
        client.setQueryData(keys.lastReview, event)
        break
    }
  }
  for (const key of patchImages(client, images)) mark(key)
  return [...stale.values()]
}

function holdsRevision(client: QueryClient, imageId: string, revision: number): boolean {
  const known = client.getQueryData<{ etag: string | null }>(keys.label(imageId))
  return known?.etag === `"${revision}"` || known?.etag?.startsWith(`"${revision}-`) === true
}

function patchImages(client: QueryClient, images: ReadonlyMap<string, Image>): (readonly unknown[])[] {
  const stale: (readonly unknown[])[] = []
  const projects = new Set([...images.values()].map((image) => image.projectId))
  for (const projectId of projects) {
    const unknown = new Set([...images.values()].filter((image) => image.projectId === projectId).map(({ id }) => id))
    for (const key of [keys.imagesOf(projectId), keys.queuesOf(projectId)]) {
      client.setQueriesData<ImagePages>({ queryKey: key }, (pages) =>
        mapPages(pages, (items) => {
          return items.map((item) => {
            const next = images.get(item.id)
            if (next) unknown.delete(next.id)
            return next && isNewer(next, item) ? next : item
          })
        }),
      )
    }
    if (unknown.size > 0) stale.push(keys.imagesOf(projectId))
  }
  return stale
}

const isNewer = (next: Image, known: Image) =>
  next.labelRevision > known.labelRevision || next.updatedAt >= known.updatedAt

export function dropImage(client: QueryClient, projectId: ProjectId, imageId: string): void {
  for (const key of [keys.imagesOf(projectId), keys.queuesOf(projectId)]) {
    client.setQueriesData<ImagePages>({ queryKey: key }, (pages) =>
      mapPages(pages, (items) => items.filter((item) => item.id !== imageId)),
    )
  }
}

export function patchRun(client: QueryClient, run: Run): void {
  client.setQueryData<Run>(keys.run(run.id), (known) => laterRun(run, known))
  client.setQueryData<{ items: Run[] }>(keys.runs(run.projectId), (list) => {
    if (!list) return list
    const isKnown = list.items.some((item) => item.id === run.id)
    if (!isKnown) return { items: [run, ...list.items] }
    return { items: list.items.map((item) => (item.id === run.id ? laterRun(run, item) : item)) }
  })
}

/** A run never goes back: a late progress report does not reopen one that has ended, nor shorten its curve. */
function laterRun(next: Run, known: Run | undefined): Run {
  if (!known) return next
  if (known.finishedAt !== null && next.finishedAt === null) return known
  return next.curve.length >= known.curve.length ? next : { ...next, curve: known.curve }
}

function mapPages(pages: ImagePages | undefined, change: (items: Image[]) => Image[]): ImagePages | undefined {
  return pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })) }
}
