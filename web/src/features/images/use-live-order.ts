import type { Image } from '@vesalius/contracts'
import { useEffect, useEffectEvent, useRef } from 'react'

const GATHER_MS = 1500

/** While `isOn`, asks for the list anew when a guess in it changed: at most every 1.5 s, and never while it is held. */
export function useLiveOrder(
  isOn: boolean,
  images: readonly Image[],
  refresh: () => void,
  isHeld: () => boolean = () => false,
): void {
  const scores = useRef(new Map<string, number | null>())
  const timer = useRef(0)
  const reorder = useEffectEvent(() => {
    timer.current = 0
    if (isHeld()) wait()
    else refresh()
  })
  const wait = useEffectEvent(() => {
    timer.current ||= window.setTimeout(reorder, GATHER_MS)
  })
  useEffect(() => {
    const known = scores.current
    const score = (image: Image) => image.guess?.score ?? null
    const hasMoved = images.some((image) => known.has(image.id) && known.get(image.id) !== score(image))
    for (const image of images) known.set(image.id, score(image))
    if (isOn && hasMoved) wait()
  }, [images, isOn])
  useEffect(() => () => window.clearTimeout(timer.current), [])
}
