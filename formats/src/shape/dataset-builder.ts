import { BoundingBox, because, ClassName, RleError, rleArea, rleBounds } from '@vesalius/contracts'
import { type Polygon, polygonBounds, rasterise } from '../mask/rasterise.ts'
import type { DatasetImage, FormatFile, KnownImage, ReadDataset, ReadOptions, Where } from './dataset.ts'
import { ImageIndex } from './names.ts'
import { FormatError, Problems } from './problems.ts'

const MOST_MARKS = 2_000_000
const MOST_IMAGES = 1_000_000
const MOST_CLASSES = 1000

/** Collects what a reader finds; refuses, with its place, what no label may hold. */
export class DatasetBuilder {
  readonly problems = new Problems()
  readonly #options: ReadOptions
  readonly #index: ImageIndex | null
  readonly #images = new Map<string, DatasetImage>()
  readonly #classes = new Map<string, number>()
  readonly #unmatched = new Set<string>()
  #marks = 0

  constructor(options: ReadOptions) {
    this.#options = options
    this.#index = options.known ? new ImageIndex(options.known) : null
  }

  /** Reads every file of a kind; what is wrong with one does not stop the others. */
  eachFile(files: readonly FormatFile[], isWanted: (path: string) => boolean, read: (file: FormatFile) => void): void {
    const wanted = files.filter((file) => isWanted(file.path.toLowerCase()))
    if (wanted.length === 0) this.problems.add(because`no file of this format is there`)
    for (const file of wanted) {
      try {
        read(file)
      } catch (cause) {
        if (!(cause instanceof FormatError || cause instanceof RleError)) throw cause
        const reason = cause instanceof FormatError ? cause.reason : because`the mask is damaged: ${cause.message}`
        this.problems.add(reason, { file: file.path })
      }
    }
  }

  /** The image of that name; null, and noted, where none is known or its size is another. */
  image(name: string, size: { width: number; height: number } | null, where: Where): DatasetImage | null {
    return this.#open(name, this.#index?.locate(name), size, where)
  }

  /** The image a file without any name inside is about. */
  imageByStem(stem: string, size: { width: number; height: number } | null, where: Where): DatasetImage | null {
    return this.#open(stem, this.#index?.locateStem(stem), size, where)
  }

  /** A frame, from 0, of a known image that was found by something else than its name. */
  frame(
    known: KnownImage,
    frame: number,
    size: { rows: number; columns: number } | null,
    where: Where,
  ): DatasetImage | null {
    if (!(frame >= 0 && frame < (known.frames ?? 1))) {
      this.problems.add(because`the picture has no frame ${frame + 1}`, { ...where, image: known.name })
      return null
    }
    const extent = size && { width: size.columns, height: size.rows }
    return this.#open(known.name, { image: known, frame }, extent, where)
  }

  /** Notes something the files speak of and that is not here. */
  unmatched(name: string): void {
    if (this.#unmatched.size < MOST_IMAGES) this.#unmatched.add(name)
  }

  #open(
    name: string,
    located: { image: KnownImage; frame: number } | undefined,
    size: { width: number; height: number } | null,
    where: Where,
  ): DatasetImage | null {
    const known = located?.image
    if (this.#index && !known) {
      if (this.#unmatched.size < MOST_IMAGES) this.#unmatched.add(name)
      return null
    }
    const { width, height } = known ?? size ?? { width: 0, height: 0 }
    if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
      this.problems.add(because`the size of the image is not known`, { ...where, image: name })
      return null
    }
    if (size && (size.width !== width || size.height !== height)) {
      const told = `${size.width} × ${size.height}`
      this.problems.add(because`the file is about ${told} pixels, the image has ${width} × ${height}`, {
        ...where,
        image: name,
      })
      return null
    }
    const image = this.#whole(known?.name ?? name, { width, height })
    // The same lists of marks, which then go to that frame.
    return located && located.frame > 0 ? { ...image, frame: located.frame } : image
  }

  #whole(name: string, size: { width: number; height: number }): DatasetImage {
    const found = this.#images.get(name)
    if (found) return found
    if (this.#images.size >= MOST_IMAGES) throw new FormatError(because`more than ${MOST_IMAGES} images`)
    const image: DatasetImage = { name, ...size, answer: null, boxes: [], masks: [], tags: [] }
    this.#images.set(name, image)
    return image
  }

  /** The class's index; null, and noted, when it is no class name. */
  class(name: string, where: Where): number | null {
    const found = this.#classes.get(name)
    if (found !== undefined) return found
    const parsed = ClassName.safeParse(name)
    if (!parsed.success) {
      this.problems.add(because`a class has no name, or one of more than 120 letters`, where)
      return null
    }
    const same = this.#classes.get(parsed.data)
    if (same !== undefined) return same
    if (this.#classes.size >= MOST_CLASSES) throw new FormatError(because`more than ${MOST_CLASSES} classes`)
    this.#classes.set(parsed.data, this.#classes.size)
    return this.#classes.size - 1
  }

  addAnswer(image: DatasetImage, className: string, where: Where): void {
    const index = this.class(className, where)
    if (index === null) return
    if (image.answer && image.answer.class !== index) {
      this.problems.add(because`a second class for the same image`, { ...where, image: image.name })
      return
    }
    if (image.frame)
      this.problems.add(because`a class speaks of the whole file, not of a frame`, { ...where, image: image.name })
    else image.answer = { class: index }
  }

  /** `score`: 0..1. The mark lies on the frame the image was opened at. */
  addBox(image: DatasetImage, className: string, box: readonly number[], where: Where, score?: number) {
    const place = { ...where, image: image.name }
    if (this.#options.family === 'segmentation') return this.problems.add(because`a box is no mask`, place)
    const parsed = BoundingBox.safeParse(box.map(roundPixels))
    if (!parsed.success) return this.problems.add(because`the box has no size, or lies far outside`, place)
    const index = this.class(className, place)
    if (index === null) return
    this.#countMark()
    image.boxes.push({ class: index, box: parsed.data, ...this.#score(score, place), ...frameIn(image) })
  }

  addMask(image: DatasetImage, className: string, rle: string, where: Where, score?: number) {
    const place = { ...where, image: image.name }
    const size = [image.height, image.width] as const
    try {
      if (rleArea(rle, size) === 0) return this.problems.add(because`the mask is empty`, place)
      if (this.#options.family === 'detection') {
        const bounds = rleBounds(rle, size)
        if (!bounds) return
        const { left, top, right, bottom } = bounds
        return this.addBox(image, className, [left, top, right - left, bottom - top], where, score)
      }
    } catch (cause) {
      if (!(cause instanceof RleError)) throw cause
      return this.problems.add(because`the mask is damaged: ${cause.message}`, place)
    }
    const index = this.class(className, place)
    if (index === null) return
    this.#countMark()
    image.masks.push({ class: index, rle, ...this.#score(score, place), ...frameIn(image) })
  }

  /** The union of polygons, each with its holes. */
  addPolygons(image: DatasetImage, className: string, polygons: Polygon[], where: Where, score?: number) {
    const place = { ...where, image: image.name }
    if (!polygons.flat().every((ring) => ring.length >= 6 && ring.length % 2 === 0 && ring.every(isPixel))) {
      return this.problems.add(because`the polygon has fewer than three points, or one far outside`, place)
    }
    if (this.#options.family === 'detection') {
      return this.addBox(image, className, polygonBounds(polygons), where, score)
    }
    try {
      this.addMask(image, className, rasterise(polygons, [image.height, image.width]), where, score)
    } catch (cause) {
      if (!(cause instanceof RleError)) throw cause
      this.problems.add(because`the mask is damaged: ${cause.message}`, place)
    }
  }

  result(): ReadDataset {
    const dataset = { classes: [...this.#classes.keys()], images: [...this.#images.values()] }
    return { dataset, unmatched: [...this.#unmatched], problems: this.problems.list() }
  }

  #countMark(): void {
    this.#marks += 1
    if (this.#marks > MOST_MARKS) throw new FormatError(because`more than ${MOST_MARKS} marks`)
  }

  #score(score: number | undefined, where: Where): { score?: number } {
    if (score === undefined) return {}
    if (score >= 0 && score <= 1) return { score }
    this.problems.add(because`lost: a score outside 0 to 1`, where)
    return {}
  }
}

function frameIn({ frame = 0 }: DatasetImage): { frame?: number } {
  return frame > 0 ? { frame } : {}
}

/** Formats that write fractions of the image's size come back a rounding error off. */
function roundPixels(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

function isPixel(value: number): boolean {
  return value >= -1e6 && value <= 1e6
}
