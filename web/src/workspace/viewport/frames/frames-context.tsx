import type { Image } from '@vesalius/contracts'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { isTiled } from '../tiles/is-tiled.ts'
import { FrameStore } from './frame-store.ts'
import { loadFrame } from './load-frame.ts'

const FramesContext = createContext<FrameStore | null>(null)

/** Holds the frames of the images looked at for as long as the screen is open. */
export function FramesProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => new FrameStore(loadFrame))
  useEffect(() => () => store.close(), [store])
  return <FramesContext value={store}>{children}</FramesContext>
}

export function useFrameStore(): FrameStore {
  const store = useContext(FramesContext)
  if (!store) throw new Error('there is no FramesProvider around this')
  return store
}

/** Fetches and decodes the images that come next. */
export function usePrefetchFrames(upcoming: readonly Image[]): void {
  const store = useFrameStore()
  const ahead = upcoming.map(({ id }) => id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined ids stand for the list
  useEffect(() => {
    store.expect(upcoming.map(({ id }) => id))
    for (const image of upcoming) if (!isTiled(image)) store.get(image, 0).catch(() => {})
  }, [store, ahead])
}
