import {
  type DetectionLabelData,
  frameOf,
  isBoxLabel,
  isMaskLabel,
  type LabelFile,
  type Project,
  type SegmentationLabelData,
  taskTypeOf,
} from '@vesalius/contracts'
import type { Mark, Marking } from './mark.ts'
import { EMPTY_REGION, isEmpty, type Region } from './region.ts'
import { decodeRegion, encodeRegion } from './region-rle.ts'
import type { Size } from './region-shapes.ts'

/** The marks a label holds; null for labels without marks. Throws RleError when a mask does not have its size. */
export function marksFromLabel(label: LabelFile, classes: readonly string[], size: Size): Marking | null {
  const { data } = label
  const origin = label.meta?.author.kind === 'person' ? 'person' : 'model'
  const common = (mark: { id: string; class: number; score?: number | undefined; frame?: number | undefined }) => {
    const known = classes.indexOf((isBoxLabel(data) || isMaskLabel(data) ? data.key[mark.class] : '') ?? '')
    const score = origin === 'model' ? (mark.score ?? null) : null
    return { id: mark.id, class: known < 0 ? mark.class : known, frame: frameOf(mark), origin, score } as const
  }
  if (isBoxLabel(data)) {
    const list = data.boxes.map((mark): Mark => ({ ...common(mark), shape: { kind: 'box', box: mark.box } }))
    return { size, list }
  }
  if (!isMaskLabel(data)) return null
  const [height, width] = data.size
  const regions = regionsOfLabel(data)
  const list = data.masks.map(
    (mark, at): Mark => ({ ...common(mark), shape: { kind: 'mask', region: regions[at]?.() ?? EMPTY_REGION } }),
  )
  return { size: { width, height }, list }
}

type Regions = readonly (() => Region)[]

/** Labels whose masks are kept as they were read: the one at hand, and those that come next. */
const MOST_READ = 6
const read = new Map<LabelFile['data'], Regions>()

/** The masks of a label, each read when it is first asked for. Throws RleError then, when it does not have its size. */
export function regionsOfLabel(data: LabelFile['data']): Regions {
  if (!isMaskLabel(data)) return []
  const known = read.get(data)
  read.delete(data)
  const [height, width] = data.size
  const regions = known ?? data.masks.map(({ rle }) => once(() => decodeRegion(rle, { width, height })))
  read.set(data, regions)
  for (const oldest of read.keys()) {
    if (read.size <= MOST_READ) break
    read.delete(oldest)
  }
  return regions
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** What the label file says about these marks; an image without marks says that nothing is there. */
export function dataFromMarks(
  { taskType, classes }: Pick<Project, 'taskType' | 'classes'>,
  { size, list }: Marking,
): DetectionLabelData | SegmentationLabelData {
  const key = [...classes]
  if (taskTypeOf(taskType).family === 'detection') {
    const boxes = list.flatMap(({ id, class: value, frame, shape }) =>
      shape.kind === 'box' ? [{ id, class: value, box: shape.box, ...onFrame(frame) }] : [],
    )
    return { key, boxes }
  }
  const { height, width } = size
  const masks = list.flatMap(({ id, class: value, frame, shape }) =>
    shape.kind === 'mask' && !isEmpty(shape.region)
      ? [{ id, class: value, rle: encodeRegion(shape.region, size), ...onFrame(frame) }]
      : [],
  )
  return { key, size: [height, width], masks }
}

/** The first frame goes without saying. */
const onFrame = (frame: number) => (frame > 0 ? { frame } : {})
