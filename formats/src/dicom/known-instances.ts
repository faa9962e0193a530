import { createHmac } from 'node:crypto'
import type { FramePlace, PictureGeometry, Vector } from '@vesalius/imaging'
import type { KnownImage, ReadOptions } from '../shape/dataset.ts'

/** Millimetres and direction parts by which two places may differ and still be the same. */
const PLACE_TOLERANCE_MM = 0.02
const DIRECTION_TOLERANCE = 1e-3

export interface Located {
  image: KnownImage
  frame: number
}

/** Finds the frame of a known picture that an object speaks of: by the picture's UID, or by where both lie. */
export class KnownInstances {
  readonly #replace: (uid: string) => string
  readonly #byUid = new Map<string, KnownImage>()
  readonly #byReference = new Map<string, KnownImage[]>()

  /** `uidSecret`: by which UIDs were replaced when files were de-identified; objects made of the originals name those. */
  constructor({ known = [], uidSecret }: Pick<ReadOptions, 'known' | 'uidSecret'>) {
    this.#replace = (uid) => (uidSecret === undefined ? uid : replacedUid(uid, uidSecret))
    const images = known
    for (const image of images) {
      const { dicom, places } = image.geometry ?? {}
      if (!dicom) continue
      this.#byUid.set(dicom.sopInstanceUid, image)
      if (!dicom.frameOfReferenceUid || !places) continue
      const others = this.#byReference.get(dicom.frameOfReferenceUid)
      if (others) others.push(image)
      else this.#byReference.set(dicom.frameOfReferenceUid, [image])
    }
  }

  byUid(uid: string): KnownImage | undefined {
    return this.#byUid.get(uid) ?? this.#byUid.get(this.#replace(uid))
  }

  byPlace(frameOfReferenceUid: string, place: FramePlace): Located | undefined {
    const references = [frameOfReferenceUid, this.#replace(frameOfReferenceUid)]
    for (const image of references.flatMap((reference) => this.#byReference.get(reference) ?? [])) {
      const frame = image.geometry?.places?.findIndex((candidate) => isSamePlace(candidate, place)) ?? -1
      if (frame >= 0) return { image, frame }
    }
    return undefined
  }
}

/** Whether the directions of a plane are those of a frame; true where either is not stated. */
export function isSameDirection(
  geometry: PictureGeometry | undefined,
  frame: number,
  place: FramePlace | null,
): boolean {
  const own = geometry?.places?.[frame]
  if (!own || !place) return true
  return isNear(own.row, place.row, DIRECTION_TOLERANCE) && isNear(own.column, place.column, DIRECTION_TOLERANCE)
}

export function isSamePlace(a: FramePlace, b: FramePlace): boolean {
  return (
    isNear(a.position, b.position, PLACE_TOLERANCE_MM) &&
    isNear(a.row, b.row, DIRECTION_TOLERANCE) &&
    isNear(a.column, b.column, DIRECTION_TOLERANCE)
  )
}

function isNear(a: Vector, b: Vector, tolerance: number): boolean {
  return a.every((value, axis) => Math.abs(value - (b[axis] ?? Number.NaN)) <= tolerance)
}

/** As de-identification makes it (imaging, `createUidReplacer`). */
function replacedUid(uid: string, secret: string): string {
  const digest = createHmac('sha256', secret).update(uid).digest('hex').slice(0, 32)
  return `2.25.${BigInt(`0x${digest}`)}`
}
