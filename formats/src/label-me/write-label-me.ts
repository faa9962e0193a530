import { because } from '@vesalius/contracts'
import { joinRings, traceMask } from '../mask/trace.ts'
import type { DatasetImage, OutFile, Writing } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import type { Problems } from '../shape/problems.ts'
import { jsonFile } from '../text/text.ts'

/** LabelMe's JSON beside each image: rectangles, polygons, and the image's class as a flag. */
export function* writeLabelMe({ classes, images, problems }: Writing): Generator<OutFile> {
  for (const image of images()) yield jsonFile(`${stemOf(image.name)}.json`, describe(image, classes, problems))
}

function describe(image: DatasetImage, classes: readonly string[], problems: Problems): object {
  const { name, width, height, answer } = image
  const shape = (index: number, points: number[][], kind: string) => ({
    label: classes[index] ?? '',
    points,
    group_id: null,
    description: '',
    shape_type: kind,
    flags: {},
    mask: null,
  })
  const boxes = image.boxes.map(({ class: index, box: [x, y, w, h] }) =>
    shape(
      index,
      [
        [x, y],
        [x + w, y + h],
      ],
      'rectangle',
    ),
  )
  const masks = image.masks.map((mark) => {
    const polygons = traceMask(mark.rle, [height, width])
    if (polygons.flat().length > 1) {
      problems.add(because`holes and parts of a mask are joined by lines without width`, { image: name })
    }
    const line = joinRings(polygons)
    const points = Array.from({ length: line.length / 2 }, (_, at) => line.slice(at * 2, at * 2 + 2))
    return shape(mark.class, points, 'polygon')
  })
  return {
    version: '5.5.0',
    flags: answer ? Object.fromEntries(classes.map((className, index) => [className, index === answer.class])) : {},
    shapes: [...boxes, ...masks],
    imagePath: name,
    imageData: null,
    imageHeight: height,
    imageWidth: width,
  }
}
