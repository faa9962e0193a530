import { because, encodeRle, type PixelBox } from '@vesalius/contracts'
import type { FormatFile, ReadDataset, ReadOptions } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { baseName, stemOf } from '../shape/names.ts'
import { type CsvRow, parseCsv } from '../text/csv.ts'
import { readText } from '../text/text.ts'
import { readPng } from './read-png.ts'

/**
 * Index masks: `classes.csv` (value, class) or `instances.csv` (image, value, class) tell what values mean; without
 * either, value n is the nth class. The rows of the table make the classes, so a value without a name is a problem.
 */
export function readPngMasks(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  const nameOf = readTables(builder, files, options.classes ?? [])
  builder.eachFile(
    files,
    (path) => path.endsWith('.png') && !path.startsWith('images/'),
    (file) => {
      const { values, width, height } = readPng(file.bytes)
      const stem = stemOf(file.path)
      const image = builder.imageByStem(stem, { width, height }, { file: file.path })
      if (!image) return
      for (const [value, box] of boundsByValue(values, width)) {
        const className = nameOf(stem, value)
        if (className === undefined) builder.problems.add(because`value ${value} has no class`, { file: file.path })
        else builder.addMask(image, className, encodeRle(values, [height, width], { value, box }), { file: file.path })
      }
    },
  )
  return builder.result()
}

/** What values mean, by the tables among the files, or else by the order of the classes. */
export function readTables(
  builder: DatasetBuilder,
  files: readonly FormatFile[],
  classes: readonly string[],
): (stem: string, value: number) => string | undefined {
  const ofClasses = new Map(classes.map((name, index) => [`${index + 1}`, name]))
  const ofInstances = new Map<string, string>()
  const tables = files.filter(({ path }) => /(^|\/)(classes|instances)\.csv$/i.test(path))
  if (tables.length > 0) {
    builder.eachFile(
      tables,
      () => true,
      (file) => {
        const isInstances = baseName(file.path).toLowerCase() === 'instances.csv'
        if (!isInstances) ofClasses.clear()
        const rows: CsvRow[] = parseCsv(readText(file)).slice(1)
        for (const { cells, line } of rows) {
          const [image = '', value = '', name = ''] = isInstances ? cells : ['', ...cells]
          const index = builder.class(name, { file: file.path, line })
          if (index === null) continue
          if (isInstances) ofInstances.set(`${stemOf(image)}/${value}`, name)
          else ofClasses.set(value, name)
        }
      },
    )
  }
  return (stem, value) => ofInstances.get(`${stem}/${value}`) ?? ofClasses.get(`${value}`)
}

function boundsByValue(values: Uint16Array, width: number): Map<number, PixelBox> {
  const bounds = new Map<number, PixelBox>()
  values.forEach((value, at) => {
    if (value === 0) return
    const y = Math.floor(at / width)
    const x = at - y * width
    const box = bounds.get(value)
    if (!box) {
      bounds.set(value, { left: x, top: y, right: x + 1, bottom: y + 1 })
      return
    }
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x + 1)
    box.bottom = y + 1
  })
  return bounds
}
