import type { KnownImage } from './dataset.ts'

const FRAME_STEM = /^(.*)\.frame-(\d{1,5})$/

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** The name without folders and without its extension. */
export function stemOf(path: string): string {
  const name = baseName(path)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}

/** The stem of the whole picture and the frame a stem speaks of; null where it names no frame. */
export function readFrameStem(stem: string): { stem: string; frame: number } | null {
  const found = FRAME_STEM.exec(stem)
  return found ? { stem: found[1] ?? '', frame: Number(found[2]) } : null
}

/**
 * A file name for every image that is safe as a path and differs from all others, by its stem and whatever the case.
 * Images that share a stem all carry their id, so that a file's plain name never means one of several.
 */
export function assignFileNames(images: readonly { id: string; name: string }[]): string[] {
  const parts = images.map(({ name }) => {
    const safe = safeFileName(name)
    const stem = stemOf(safe)
    return { stem, extension: safe.slice(stem.length) }
  })
  const uses = new Map<string, number>()
  for (const { stem } of parts) uses.set(stem.toLowerCase(), (uses.get(stem.toLowerCase()) ?? 0) + 1)
  return parts.map(({ stem, extension }, index) => {
    const isShared = (uses.get(stem.toLowerCase()) ?? 0) > 1
    return isShared ? `${stem}-${images[index]?.id}${extension}` : `${stem}${extension}`
  })
}

/** One step of a path: no separators, no characters a file system refuses, never a dot alone. */
export function safeFileName(name: string): string {
  const safe = [...name]
    .map((letter) => (letter < ' ' || '/\\:*?"<>|\u007f'.includes(letter) ? '_' : letter))
    .join('')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '_')
    .slice(0, 180)
  return safe === '' ? '_' : safe
}

/** Finds a known image by the name a file gives: in full, without folders, or by its stem; never one of several. */
export class ImageIndex {
  readonly #byName = new Map<string, KnownImage>()
  readonly #byOriginal = new Map<string, KnownImage | null>()
  readonly #byStem = new Map<string, KnownImage | null>()

  constructor(images: readonly KnownImage[]) {
    for (const image of images) {
      this.#byName.set(image.name, image)
      noteOnce(this.#byStem, stemOf(image.name), image)
      if (image.original === undefined) continue
      noteOnce(this.#byOriginal, image.original, image)
      noteOnce(this.#byStem, stemOf(image.original), image)
    }
  }

  /** The image and the frame a name speaks of; a frame that is not there is no image. */
  locate(name: string): { image: KnownImage; frame: number } | undefined {
    return this.#withFrame(this.find(name), stemOf(name))
  }

  locateStem(stem: string): { image: KnownImage; frame: number } | undefined {
    return this.#withFrame(this.findByStem(stem), stem)
  }

  #withFrame(image: KnownImage | undefined, stem: string): { image: KnownImage; frame: number } | undefined {
    if (image) return { image, frame: 0 }
    const named = readFrameStem(stem)
    const whole = named ? this.findByStem(named.stem) : undefined
    return whole && named && named.frame < (whole.frames ?? 1) ? { image: whole, frame: named.frame } : undefined
  }

  find(name: string): KnownImage | undefined {
    for (const candidate of [name, baseName(name)]) {
      const found = this.#byName.get(candidate) ?? this.#byOriginal.get(candidate)
      if (found) return found
      if (this.#byOriginal.get(candidate) === null) return undefined
    }
    return this.findByStem(stemOf(name))
  }

  findByStem(stem: string): KnownImage | undefined {
    return this.#byStem.get(stem) ?? undefined
  }
}

function noteOnce(images: Map<string, KnownImage | null>, key: string, image: KnownImage): void {
  const found = images.get(key)
  images.set(key, found === undefined || found === image ? image : null)
}
