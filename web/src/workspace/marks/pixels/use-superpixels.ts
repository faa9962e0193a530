import { useEffect, useState } from 'react'
import type { Point } from '../region-shapes.ts'
import type { PixelAnswer, PixelQuestion } from './look.ts'
import { holdsPlace } from './superpixel-region.ts'
import type { Superpixels } from './superpixels.ts'

const MOST_KEPT = 24

interface Given {
  /** Null while no such tool is in the hand. */
  at: Point | null
  side: number
  /** Tells what is looked at apart: patches of something else are forgotten. */
  key: string
  ask: (question: PixelQuestion) => Promise<PixelAnswer>
}

/** The superpixels of the part of a picture where the pointer is, of about `side` pixels; null until they are found. */
export function useSuperpixels({ at, side, key, ask }: Given): Superpixels | null {
  const [kept, setKept] = useState<{ key: string; side: number; parts: readonly Superpixels[] }>({
    ...{ key: '', side: 0, parts: [] },
  })
  const known = kept.key === key && kept.side === side ? kept.parts : []
  const patches = at ? (known.find((part) => holdsPlace(part, at)) ?? null) : null
  const isWanted = at !== null && patches === null
  // Asked again for each place until the answer is there would be too often: once for each part is enough.
  const [column, row] = at ? [Math.floor(at.x / 64), Math.floor(at.y / 64)] : [-1, -1]
  // biome-ignore lint/correctness/useExhaustiveDependencies: column and row stand for the place
  useEffect(() => {
    if (!isWanted || !at) return
    let isCurrent = true
    ask({ kind: 'patches', at, side }).then(
      (answer) => {
        if (!isCurrent || answer.kind !== 'patches' || !answer.patches) return
        const { patches: found } = answer
        setKept((last) => ({
          key,
          side,
          parts: [...(last.key === key && last.side === side ? last.parts : []), found].slice(-MOST_KEPT),
        }))
      },
      // Nothing is shown yet; the next move asks again.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [isWanted, column, row, side, key])
  return patches
}
