import type { Image, ImageTiles } from '@vesalius/contracts'
import { useMemo } from 'react'
import type { FrameStore } from './frames/frame-store.ts'
import type { LoadedFrame } from './frames/loaded-frame.ts'
import { useFrame } from './frames/use-frame.ts'
import type { Layer, PixelSource } from './layers.ts'
import { isTiled } from './tiles/is-tiled.ts'
import { useTiles } from './tiles/use-tiles.ts'
import type { Size, View } from './view.ts'

/** What is seen of an image. */
export interface Shown {
  layers: readonly Layer[]
  /** What the shades are found from: the frame itself, or the smallest of its tiles. */
  tonal: LoadedFrame | null
  source: PixelSource | null
  /** Of an image that is shown by tiles, as soon as they are there. */
  tiles: ImageTiles | null
  hasFailed: boolean
  /** Whether what is seen is the frame asked for, not what stands in for it. */
  isReady: boolean
}

const NONE: readonly Layer[] = []

/** The frame of an image, whole or by tiles. */
export function useShown(
  store: FrameStore,
  { image, frame, view, room, density }: { image: Image; frame: number; view: View; room: Size; density: number },
): Shown {
  const isOn = isTiled(image)
  const tiled = useTiles({ image, frame, isOn, view, room, density })
  const { shown, hasFailed } = useFrame(store, image, frame, !isOn)
  const whole = useMemo((): Shown => {
    const { width, height } = image
    const layers = shown ? [{ frame: shown, part: { left: 0, top: 0, width, height } }] : NONE
    return { layers, tonal: shown, source: shown, tiles: null, hasFailed, isReady: shown?.frame === frame }
  }, [shown, hasFailed, frame, image])
  return isOn ? tiled : whole
}
