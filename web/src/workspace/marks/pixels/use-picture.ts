import { useEffect, useState } from 'react'
import type { PixelGrid } from '../../viewport/frames/pixel-grid.ts'
import type { Stage } from '../../viewport/stage.ts'
import type { Picture } from './picture.ts'

interface Read {
  frame: number
  adjustment: unknown
  /** As it is seen. */
  picture: Picture
  /** At full depth. */
  grid: PixelGrid
}

/** The pixels of the shown frame for tools that look at them; null until they are read, and where they cannot be. */
export function usePicture(stage: Stage, isWanted: boolean): Pick<Read, 'picture' | 'grid'> | null {
  const [read, setRead] = useState<Read | null>(null)
  const { frame, adjustment } = stage
  const isKnown = read?.frame === frame && read.adjustment === adjustment
  // biome-ignore lint/correctness/useExhaustiveDependencies: frame and adjustment stand for what the stage reads
  useEffect(() => {
    if (!isWanted || isKnown) return
    let isCurrent = true
    Promise.all([stage.readShown(), stage.readGrid()]).then(
      ([picture, grid]) => isCurrent && setRead({ frame, adjustment, picture, grid }),
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [isWanted, isKnown, frame, adjustment])
  return isKnown ? read : null
}
