import {
  chosenClass,
  type ImageType,
  isBoxLabel,
  isMaskLabel,
  type LabelData,
  readClassAnswer,
  taskTypeOf,
  writeClassAnswer,
} from '@vesalius/contracts'
import type { Dataset, DatasetImage } from './dataset.ts'

/** An image of a project as formats see it; the label's classes are those of the dataset. */
export function fromLabel(
  image: { name: string; width: number; height: number; frames?: number },
  data: LabelData,
): DatasetImage {
  const answer = readClassAnswer(data)
  return {
    name: image.name,
    width: image.width,
    height: image.height,
    ...(image.frames === undefined ? {} : { frames: image.frames }),
    answer: answer && answer.value !== null ? { class: answer.value, weights: answer.weights } : null,
    boxes: isBoxLabel(data) ? data.boxes.map(({ id: _, ...mark }) => mark) : [],
    masks: isMaskLabel(data) ? data.masks.map(({ id: _, ...mark }) => mark) : [],
    tags: 'tags' in data ? (data.tags ?? []) : [],
  }
}

/**
 * The label a project would hold for an image that was read; null when the image says nothing a project of that type
 * can hold. Throws RangeError when a class is not one of the project's.
 */
export function toLabel(
  image: DatasetImage,
  dataset: Dataset,
  project: { imageType: ImageType; classes: readonly string[] },
): LabelData | null {
  const key = [...project.classes]
  const place = (index: number) => {
    const name = dataset.classes[index]
    const found = name === undefined ? -1 : key.indexOf(name)
    if (found < 0) throw new RangeError(`the project has no class "${name}"`)
    return found
  }
  const numbered = <Mark extends { class: number }>(marks: Mark[]) =>
    marks.map((mark, index) => ({ ...mark, id: `${index + 1}`, class: place(mark.class) }))
  switch (taskTypeOf(project.imageType).family) {
    case 'base':
      return image.tags.length > 0 ? { tags: image.tags } : null
    case 'classification': {
      if (!image.answer) return null
      const value = place(image.answer.class)
      const { weights } = image.answer
      if (!weights) return writeClassAnswer(project.imageType, key, chosenClass(key.length, value))
      const placed = key.map((name) => weights[dataset.classes.indexOf(name)] ?? 0)
      return writeClassAnswer(project.imageType, key, { value, weights: placed })
    }
    case 'detection':
      return image.boxes.length > 0 ? { key, boxes: numbered(image.boxes) } : null
    case 'segmentation': {
      if (image.masks.length === 0) return null
      return { key, size: [image.height, image.width], masks: numbered(image.masks) }
    }
  }
}
