import { useCallback, useState } from 'react'
import { type Mark, toggled } from './mark.ts'
import { isShown } from './mark-edits.ts'

const NOTHING: ReadonlySet<string> = new Set()

/** Which marks of an image are seen, chosen and may be changed: nothing of it is in the label. */
export function useMarkViews(imageId: string) {
  const [ofImage, setOfImage] = useState({
    imageId,
    selected: NOTHING,
    hidden: NOTHING,
    locked: NOTHING,
    leastScore: 0,
  })
  const [hiddenClasses, setHiddenClasses] = useState<ReadonlySet<number>>(new Set())
  const [lockedClasses, setLockedClasses] = useState<ReadonlySet<number>>(new Set())
  const [hidesAll, setHidesAll] = useState(false)
  const now =
    ofImage.imageId === imageId
      ? ofImage
      : { imageId, selected: NOTHING, hidden: NOTHING, locked: NOTHING, leastScore: 0 }
  const { hidden, leastScore } = now
  const isVisible = useCallback(
    (mark: Mark) => !hidesAll && !hiddenClasses.has(mark.class) && !hidden.has(mark.id) && isShown(mark, leastScore),
    [hidesAll, hiddenClasses, hidden, leastScore],
  )
  const change = (part: Partial<typeof now>) =>
    setOfImage((last) => ({ ...(last.imageId === imageId ? last : now), ...part }))
  const all = (ids: ReadonlySet<string>, known: ReadonlySet<string>) => {
    const isEvery = [...ids].every((id) => known.has(id))
    return isEvery ? new Set([...known].filter((id) => !ids.has(id))) : new Set([...known, ...ids])
  }
  return {
    ...{ selected: now.selected, leastScore: now.leastScore, hiddenClasses, lockedClasses, hidesAll },
    select: (ids: Iterable<string>) => change({ selected: new Set(ids) }),
    setLeastScore: (leastScore: number) => change({ leastScore }),
    isHidden: (mark: Mark) => now.hidden.has(mark.id),
    isLocked: (mark: Mark) => now.locked.has(mark.id) || lockedClasses.has(mark.class),
    /** Whether it is on the screen, and meant by what is done to all that is shown. */
    isVisible,
    toggleHidden: (ids: ReadonlySet<string>) => change({ hidden: all(ids, now.hidden) }),
    toggleLocked: (ids: ReadonlySet<string>) => change({ locked: all(ids, now.locked) }),
    toggleClass: (index: number) => setHiddenClasses((known) => toggled(known, index)),
    toggleClassLock: (index: number) => setLockedClasses((known) => toggled(known, index)),
    toggleAll: () => setHidesAll((hides) => !hides),
  }
}
