import { type RemotePrediction, type RemoteSettings, taskTypeOf } from '@vesalius/contracts'
import type { ImageRow, ProjectRow } from '../../../db/tables.ts'
import { unusable } from './call-server.ts'
import { masksOf } from './class-map.ts'
import { numbersOf, type OutputTensor } from './tensor.ts'

export interface Told {
  outputs: readonly OutputTensor[]
  project: Pick<ProjectRow, 'task_type' | 'classes'>
  image: Pick<ImageRow, 'width' | 'height'>
  /** Of the tensor that was sent. */
  sent: { width: number; height: number }
  tensors: RemoteSettings['tensors']
}

/**
 * Outputs of a model as a prediction. Known by their names where those say something, else by their shapes. Throws AppError
 * with the reason where they are none that the project's task type takes.
 */
export function readTensors(told: Told): RemotePrediction {
  switch (taskTypeOf(told.project.task_type).family) {
    case 'classification':
      return readProbabilities(told)
    case 'detection':
      return readBoxes(told)
    case 'segmentation':
      return readMasks(told)
    default:
      throw unusable('images of this task type have nothing to answer', '')
  }
}

const named = (outputs: readonly OutputTensor[], pattern: RegExp) => outputs.find(({ name }) => pattern.test(name))
const isNumeric = ({ datatype }: OutputTensor) => datatype !== 'BYTES'

function readProbabilities({ outputs, project: { classes } }: Told): RemotePrediction {
  const fits = (output: OutputTensor) => isNumeric(output) && [classes.length, 1].includes(output.data.flat(8).length)
  const found = outputs.find((output) => /prob|score|softmax/i.test(output.name) && fits(output)) ?? outputs.find(fits)
  if (!found)
    throw unusable(
      `no output has ${classes.length} numbers`,
      outputs.map(({ name, shape }) => ({ name, shape })),
    )
  const values = [...numbersOf(found)]
  if (values.length === 1 && classes.length === 2) {
    const [value = 0] = values
    const share = value >= 0 && value <= 1 ? value : 1 / (1 + Math.exp(-value))
    return { probabilities: [1 - share, share] }
  }
  if (values.length !== classes.length)
    throw unusable(`the output "${found.name}" has ${values.length} numbers`, values)
  const sum = values.reduce((total, value) => total + value, 0)
  const areShares = values.every((value) => value >= 0 && value <= 1) && Math.abs(sum - 1) < 0.02
  return { probabilities: areShares ? values : softmax(values) }
}

function softmax(values: number[]): number[] {
  const most = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - most))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

function readBoxes({ outputs, project, image, sent, tensors }: Told): RemotePrediction {
  const numeric = outputs.filter(isNumeric)
  const rows = joinRows(numeric)
  const scale = {
    image: [1, 1],
    tensor: [image.width / sent.width, image.height / sent.height],
    share: [image.width, image.height],
  }[tensors.boxUnit] as [number, number]
  const boxes = rows.flatMap(({ box, score, place }) => {
    if (score < tensors.threshold || place < 0 || place >= project.classes.length) return []
    const [a = 0, b = 0, c = 0, d = 0] = box
    const [x, y] = [a * scale[0], b * scale[1]]
    const [width, height] = tensors.boxes === 'xywh' ? [c, d] : [c - a, d - b]
    const placed: [number, number, number, number] = [x, y, width * scale[0], height * scale[1]]
    const isBox = placed[2] > 0 && placed[3] > 0 && placed.every((side) => Math.abs(side) <= 1e6)
    return isBox ? [{ box: placed, class: place, score: Math.min(1, Math.max(0, score)) }] : []
  })
  return { boxes: boxes.slice(0, 10_000) }
}

/** One row per box, from separate outputs or from one of rows of six: box, score, class. */
function joinRows(outputs: OutputTensor[]): { box: number[]; score: number; place: number }[] {
  const boxes = named(outputs, /box/i) ?? outputs.find(({ shape }) => shape.length > 1 && shape.at(-1) === 4)
  if (boxes && boxes.shape.at(-1) === 4) {
    const scores = named(outputs, /score|conf/i)
    const places = named(outputs, /class|label/i)
    const flat = numbersOf(boxes)
    const [scoreOf, placeOf] = [scores && numbersOf(scores), places && numbersOf(places)]
    return Array.from({ length: flat.length / 4 }, (_, index) => ({
      box: [...flat.subarray(index * 4, index * 4 + 4)],
      score: scoreOf?.[index] ?? 1,
      place: Math.round(placeOf?.[index] ?? 0),
    }))
  }
  const rows = outputs.find(({ shape }) => shape.at(-1) === 6)
  if (!rows)
    throw unusable(
      'no output holds boxes',
      outputs.map(({ name, shape }) => ({ name, shape })),
    )
  const flat = numbersOf(rows)
  return Array.from({ length: flat.length / 6 }, (_, index) => ({
    box: [...flat.subarray(index * 6, index * 6 + 4)],
    score: flat[index * 6 + 4] ?? 0,
    place: Math.round(flat[index * 6 + 5] ?? -1),
  }))
}

function readMasks({ outputs, project: { classes }, image, tensors }: Told): RemotePrediction {
  const encoded = named(outputs, /mask|rle/i)
  if (encoded?.datatype === 'BYTES') return readEncoded(encoded, outputs, image)
  const maps = outputs.filter((output) => isNumeric(output) && output.shape.filter((side) => side > 1).length >= 2)
  const map = named(maps, /mask|seg|out/i) ?? maps[0]
  if (!map)
    throw unusable(
      'no output is a map of the image',
      outputs.map(({ name, shape }) => ({ name, shape })),
    )
  const values = numbersOf(map)
  const [height = 1, width = 1] = map.shape.slice(-2)
  const layers = values.length / (width * height)
  const at = (layer: number, x: number, y: number) => values[(layer * height + y) * width + x] ?? 0
  const highest = (x: number, y: number) => {
    let best = 0
    for (let layer = 1; layer < layers; layer += 1) if (at(layer, x, y) > at(best, x, y)) best = layer
    return best
  }
  if (layers === 1) {
    const areShares = /^(FP|BF)/.test(map.datatype) && values.every((value) => value >= 0 && value <= 1)
    const placeOf = (value: number) => (areShares ? (value >= tensors.threshold ? 0 : -1) : Math.round(value) - 1)
    return masksOf({ width, height, at: (x, y) => placeOf(at(0, x, y)) }, image, classes.length)
  }
  if (layers === classes.length + 1) {
    return masksOf({ width, height, at: (x, y) => highest(x, y) - 1 }, image, classes.length)
  }
  if (layers !== classes.length) throw unusable(`${layers} layers for ${classes.length} classes`, map.shape)
  const areShares = values.every((value) => value >= 0 && value <= 1)
  const least = areShares ? tensors.threshold : Math.log(tensors.threshold / (1 - tensors.threshold + 1e-9))
  const placeAt = (x: number, y: number) => (at(highest(x, y), x, y) >= least ? highest(x, y) : -1)
  return masksOf({ width, height, at: placeAt }, image, classes.length)
}

/** Masks as we write them ourselves: run-length text, with their classes beside them. */
function readEncoded(encoded: OutputTensor, outputs: readonly OutputTensor[], image: Told['image']): RemotePrediction {
  const places = named(outputs, /class|label/i)
  const scores = named(outputs, /score|conf/i)
  const [placeOf, scoreOf] = [places && numbersOf(places), scores && numbersOf(scores)]
  return {
    size: [image.height, image.width],
    masks: encoded.data.flat(8).map((rle, index) => ({
      class: Math.round(placeOf?.[index] ?? 0),
      rle: String(rle),
      score: Math.min(1, Math.max(0, scoreOf?.[index] ?? 1)),
    })),
  }
}
