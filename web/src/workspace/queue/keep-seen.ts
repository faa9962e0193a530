import type { Image } from '@vesalius/contracts'
import type { ImagePage, ImagePages } from '../../api/patch-caches.ts'

/** Each image once, where it stands first. */
export function withoutRepeats(images: readonly Image[]): Image[] {
  return [...new Map(images.map((image) => [image.id, image])).values()]
}

/** A queue in its new order: what was seen keeps its place, what is still to come follows as the server lists it. */
export function keepSeen(seen: readonly Image[], fresh: ImagePage): ImagePages {
  const kept = new Set(seen.map(({ id }) => id))
  const items = [...seen, ...fresh.items.filter(({ id }) => !kept.has(id))]
  return { pages: [{ items, nextCursor: fresh.nextCursor }], pageParams: [null] }
}
