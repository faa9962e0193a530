import type { CommentPlace, Image } from '@vesalius/contracts'
import { useState } from 'react'

interface Draft {
  imageId: string
  place: CommentPlace | null
  isMoving: boolean
}

/** The place of an image that something new is being pinned to. It goes when another image comes. */
export function usePin({ id: imageId, width, height }: Pick<Image, 'id' | 'width' | 'height'>) {
  const [pin, setPin] = useState<Draft | null>(null)
  const draft = pin?.imageId === imageId ? pin : null
  return {
    /** Null: what is written speaks of the whole image. */
    place: draft?.place ?? null,
    isPinning: draft?.isMoving === true,
    startPinning: (frame: number) => {
      const middle = { x: width / 2, y: height / 2, frame, markId: null }
      setPin({ imageId, place: draft?.place ?? middle, isMoving: true })
    },
    movePin: (place: CommentPlace) => setPin({ imageId, place, isMoving: true }),
    placePin: (place: CommentPlace | null) => setPin({ imageId, place, isMoving: false }),
    forgetPin: () => setPin(null),
  }
}
