import { because, encodeRle } from '@vesalius/contracts'
import { readTables } from '../png/read-png-masks.ts'
import type { DatasetImage, FormatFile, KnownImage, ReadDataset, ReadOptions } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { baseName } from '../shape/names.ts'
import { FormatError } from '../shape/problems.ts'
import { type AxisMap, affineOf, matchGrids } from './affine.ts'
import { type NiftiVolume, readNifti } from './nifti-file.ts'

const STRAIGHT: AxisMap = { axis: [0, 1, 2], isFlipped: [false, false, false] }

/**
 * A volume per picture, found by its name; values are class numbers from 1, named by `classes.csv` or `instances.csv`, or
 * else in the project's order. Where both state their place, the voxels are turned to the picture's grid, and a volume of
 * another grid is refused; where one does not, they are taken as they lie and that is noted.
 */
export function readNiftiMasks(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  const nameOf = readTables(builder, files, options.classes ?? [])
  const known = new Map((options.known ?? []).map((image) => [image.name, image]))
  builder.eachFile(
    files,
    (path) => /\.nii(\.gz)?$/.test(path),
    (file) => {
      const stem = baseName(file.path).replace(/\.nii(\.gz)?$/i, '')
      const volume = readNifti(file.bytes)
      const where = { file: file.path }
      const image = builder.imageByStem(stem, known.size > 0 ? null : sizeOf(volume), where)
      if (!image) return
      const map = fit(builder, image, volume, known.get(image.name), file)
      addFrames(builder, image, { volume, map, nameOf: (value) => nameOf(stem, value), file })
    },
  )
  return builder.result()
}

function sizeOf({ shape }: NiftiVolume) {
  return { width: shape[0], height: shape[1] }
}

function fit(
  builder: DatasetBuilder,
  image: DatasetImage,
  { shape, affine }: NiftiVolume,
  known: KnownImage | undefined,
  file: FormatFile,
): AxisMap {
  const wanted = [image.width, image.height, known?.frames ?? shape[2]] as const
  const own = known?.geometry ? affineOf(known.geometry) : null
  const map = own && affine ? matchGrids(own, affine, wanted) : STRAIGHT
  if (!map) throw new FormatError(because`the volume lies on another grid than the picture`)
  if (!wanted.every((length, index) => length === shape[map.axis[index] ?? 0])) {
    throw new FormatError(because`the volume has ${shape.join(' × ')} voxels, the picture ${wanted.join(' × ')}`)
  }
  if (affine && !own) {
    const reason = because`its direction could not be compared: the picture states no place; taken as it lies`
    builder.problems.add(reason, { file: file.path, image: image.name })
  }
  return map
}

interface Adding {
  volume: NiftiVolume
  map: AxisMap
  nameOf: (value: number) => string | undefined
  file: FormatFile
}

function addFrames(builder: DatasetBuilder, image: DatasetImage, { volume, map, nameOf, file }: Adding): void {
  const { width, height } = image
  const { shape, at } = volume
  const frames = shape[map.axis[2]] ?? 1
  const strides = [1, shape[0], shape[0] * shape[1]]
  const lengths = [width, height, frames]
  const place = (axis: 0 | 1 | 2, index: number) => {
    const along = map.isFlipped[axis] ? (lengths[axis] ?? 1) - 1 - index : index
    return along * (strides[map.axis[axis]] ?? 1)
  }
  const unnamed = new Set<number>()
  for (let frame = 0; frame < frames; frame += 1) {
    const layer = new Int32Array(width * height)
    const values = new Set<number>()
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const value = at(place(0, x) + place(1, y) + place(2, frame))
        layer[y * width + x] = value
        if (value !== 0) values.add(value)
      }
    }
    const target = frame === 0 ? image : { ...image, frame }
    for (const value of [...values].sort((a, b) => a - b)) {
      const name = nameOf(value)
      const where = { file: file.path }
      if (name !== undefined) builder.addMask(target, name, encodeRle(layer, [height, width], { value }), where)
      else if (!unnamed.has(value)) builder.problems.add(because`value ${value} has no class`, where)
      unnamed.add(value)
    }
  }
}
