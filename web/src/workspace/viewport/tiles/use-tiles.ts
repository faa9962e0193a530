import { type Image, type ImageTiles, routes } from '@vesalius/contracts'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { call } from '../../../api/call.ts'
import { previewUrl } from '../../../features/images/image-queries.ts'
import { decodeUrl } from '../frames/load-frame.ts'
import { frameOfBitmap, type LoadedFrame } from '../frames/loaded-frame.ts'
import type { Layer, PixelSource } from '../layers.ts'
import { type Size, shownPart, type View } from '../view.ts'
import { loadTile } from './load-tile.ts'
import { levelFor, partOfTile, tilesIn } from './pyramid.ts'
import { TileStore } from './tile-store.ts'

/** Wide enough to see what it is while the tiles are being made. */
const PREVIEW_WIDTH = 1024

interface Opened {
  key: string
  tiles: ImageTiles
  store: TileStore
}

interface Given {
  image: Image
  frame: number
  isOn: boolean
  view: View
  room: Size
  density: number
}

/** An image too large to be held whole: its tiles that can be seen, coarser ones until they have come. */
export function useTiles({ image, frame, isOn, view, room, density }: Given) {
  const key = `${image.id} ${frame}`
  const [opened, setOpened] = useState<Opened | null>(null)
  const [preview, setPreview] = useState<{ key: string; frame: LoadedFrame } | null>(null)
  const [failed, setFailed] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for image and frame
  useEffect(() => {
    if (!isOn) return
    const abort = new AbortController()
    let store: TileStore | null = null
    let shown: LoadedFrame | null = null
    decodeUrl(previewUrl(image.id, PREVIEW_WIDTH, frame), abort.signal).then(
      (bitmap) => {
        shown = frameOfBitmap(image.id, bitmap, false)
        if (abort.signal.aborted) shown.close()
        else setPreview({ key, frame: shown })
      },
      () => {},
    )
    call(routes.getImageTiles, { params: { imageId: image.id }, query: { frame }, signal: abort.signal }).then(
      (tiles) => {
        store = new TileStore((tile, signal) => loadTile(image, frame, tiles, tile, signal))
        setOpened({ key, tiles, store })
      },
      () => abort.signal.aborted || setFailed(key),
    )
    return () => {
      abort.abort()
      store?.close()
      shown?.close()
      setOpened(null)
      setPreview(null)
    }
  }, [key, isOn])
  const now = isOn && opened?.key === key ? opened : null
  const version = useSyncExternalStore(now?.store.subscribe ?? NEVER, now?.store.getVersion ?? ZERO)
  const wanted = useMemo(() => {
    if (!now) return []
    const part = shownPart(view, image, room)
    const finest = levelFor(now.tiles, view, density)
    const levels = [
      ...new Set([now.tiles.levels.length - 1, Math.min(finest + 2, now.tiles.levels.length - 1), finest]),
    ]
    return levels.flatMap((level) => tilesIn(now.tiles, level, part))
  }, [now, view, image, room, density])
  useEffect(() => now?.store.want(wanted), [now, wanted])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that a tile has come
  return useMemo(() => {
    if (!now) {
      const early = isOn && preview?.key === key ? preview.frame : null
      const whole = { left: 0, top: 0, width: image.width, height: image.height }
      const layers: Layer[] = early ? [{ frame: early, part: whole }] : []
      return { layers, tonal: early, source: null, tiles: null, hasFailed: failed === key, isReady: false }
    }
    const { tiles, store } = now
    const layers = layersOf(tiles, store, shownPart(view, image, room), levelFor(tiles, view, density))
    const tonal = store.get({ level: tiles.levels.length - 1, column: 0, row: 0 })
    return {
      layers,
      tonal,
      tiles,
      source: tonal && sourceOf(tiles, store, tonal),
      hasFailed: false,
      isReady: tonal !== null,
    }
  }, [now, version, preview, failed, key, isOn, view, image, room, density])
}

const NEVER = () => () => {}
const ZERO = () => 0

/** What is in memory of the part that is seen, coarse ones below fine ones. */
function layersOf(
  tiles: ImageTiles,
  store: TileStore,
  part: { left: number; top: number; right: number; bottom: number },
  finest: number,
): Layer[] {
  const layers: Layer[] = []
  const isWhole = tilesIn(tiles, finest, part).every((tile) => store.get(tile) !== null)
  for (let level = isWhole ? finest : tiles.levels.length - 1; level >= finest; level -= 1) {
    for (const tile of tilesIn(tiles, level, part)) {
      const frame = store.get(tile)
      if (frame) layers.push({ frame, part: partOfTile(tiles, tile) })
    }
  }
  return layers
}

/** Single pixels, where their tile of full size is in memory: others are means of several. */
function sourceOf(tiles: ImageTiles, store: TileStore, { facts }: LoadedFrame): PixelSource {
  const { side, encoding } = tiles
  return {
    facts,
    isExact: encoding === 'png',
    samplesAt: (x, y) =>
      store.get({ level: 0, column: Math.floor(x / side), row: Math.floor(y / side) })?.samplesAt(x % side, y % side) ??
      null,
  }
}
