import type { Image, ProjectId } from '@vesalius/contracts'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { ImageFilter } from './image-filter.ts'
import { fetchImagePage } from './image-queries.ts'
import { chooseAll, keepListed, NOTHING, toggle } from './selection.ts'

/** More are not chosen at once: what is done to them should end while one waits. */
const MOST_CHOSEN = 20_000

/** The chosen images of a list. Ctrl+A chooses those that are loaded, Escape lets all go. */
export function useSelection(projectId: ProjectId, filter: ImageFilter, items: readonly Image[]) {
  const [selection, setSelection] = useState(NOTHING)
  /** Chosen from pages that were never shown. */
  const [gathered, setGathered] = useState<readonly Image[]>([])
  const known = useMemo(
    () => new Map([...gathered, ...items].map((image) => [image.id as string, image])),
    [gathered, items],
  )
  const kept = useMemo(() => keepListed(selection, [...known.keys()]), [selection, known])
  const order = useMemo(() => items.map((image) => image.id as string), [items])
  const clear = () => {
    setSelection(NOTHING)
    setGathered([])
  }
  const gather = async () => {
    const all: Image[] = []
    let cursor: string | null = null
    do {
      const page = await fetchImagePage(projectId, filter, cursor)
      all.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null && all.length < MOST_CHOSEN)
    setGathered(all)
    setSelection(chooseAll(all.map((image) => image.id)))
  }
  const obey = useEffectEvent((event: KeyboardEvent) => {
    if (
      event.target instanceof HTMLElement &&
      event.target.closest('input:not([type=checkbox]), textarea, [role=dialog]')
    )
      return
    if (event.key === 'Escape' && kept.ids.size > 0) clear()
    if (event.key === 'a' && (event.ctrlKey || event.metaKey) && order.length > 0) {
      event.preventDefault()
      setSelection(chooseAll(order))
    }
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => obey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return {
    ids: kept.ids,
    images: [...kept.ids].flatMap((id) => known.get(id) ?? []),
    choose: (id: string, isRange: boolean) => setSelection(toggle(kept, id, order, isRange)),
    gather,
    clear,
  }
}
