import { FORMAT_FAMILIES, type FormatName, type TaskFamily } from '@vesalius/contracts'
import { readObject } from './dicom/read-object.ts'
import { isSegmentation } from './dicom/read-segmentation.ts'
import { TAG } from './dicom/tags.ts'
import type { FormatFile } from './shape/dataset.ts'
import { baseName } from './shape/names.ts'
import { FormatError } from './shape/problems.ts'

/** Files that are opened at most, and what of each is looked at. */
const MOST_OPENED = 40
const HEAD_BYTES = 64 * 1024

const REPORTS = '1.2.840.10008.5.1.4.1.1.88.'
const IMAGE = /\.(png|jpe?g|webp|bmp|gif|tiff?)$/i

/**
 * The format files are in, by what they are called and how they begin; null where nothing tells. Only formats that can
 * hold what images of the family say are answered. Variants of one format are read alike, so the plain one stands for them.
 */
export function recogniseFormat(files: readonly FormatFile[], family: TaskFamily): FormatName | null {
  const isPossible = (name: FormatName | null): name is FormatName =>
    name !== null && FORMAT_FAMILIES[name].includes(family)
  // A manifest or a list of names tells more than the files around it.
  const byNames = [...files].sort((a, b) => rank(a.path) - rank(b.path))
  let opened = 0
  for (const file of byNames) {
    if (IMAGE.test(file.path)) continue
    if (opened >= MOST_OPENED) break
    opened += 1
    const found = recogniseFile(file)
    if (isPossible(found)) return found
  }
  const pictures = files.filter(({ path }) => IMAGE.test(path))
  const isFolders = pictures.some(({ path }) => path.includes('/'))
  if (family === 'classification' && isFolders) return 'image-folder'
  if (family === 'segmentation' && pictures.some(({ path }) => /\.png$/i.test(path))) return 'png-semantic'
  return null
}

function rank(path: string): number {
  return /^(manifest\.json|data\.ya?ml|classes\.txt|(classes|instances)\.csv)$/i.test(baseName(path)) ? 0 : 1
}

function recogniseFile(file: FormatFile): FormatName | null {
  const name = baseName(file.path).toLowerCase()
  if (/\.nii(\.gz)?$/.test(name)) return 'nifti'
  if (name === 'instances.csv') return 'png-instance'
  if (name === 'classes.csv') return 'png-semantic'
  if (/\.ya?ml$/.test(name) || name === 'classes.txt') return 'yolo'
  if (name.endsWith('.csv')) return 'csv'
  if (/\.(dcm|dicom|seg|sr)$/.test(name)) return recogniseObject(file)
  const head = new TextDecoder().decode(file.bytes.subarray(0, HEAD_BYTES))
  if (name.endsWith('.xml'))
    return /<annotations[\s>]/.test(head) ? 'cvat' : /<annotation[\s>]/.test(head) ? 'voc' : null
  if (/\.(geo)?json$/.test(name)) return recogniseJson(head)
  return name.endsWith('.txt') && /^\d+( -?[\d.e+-]+){4,}\s*$/m.test(head) ? 'yolo' : null
}

function recogniseJson(head: string): FormatName | null {
  const has = (key: string) => new RegExp(`"${key}"\\s*:`).test(head)
  if (/"vesalius-archive"/.test(head)) return 'archive'
  if (/"type"\s*:\s*"Feature(Collection)?"/.test(head)) return 'geojson'
  if (has('shapes') && (has('imagePath') || has('imageHeight'))) return 'label-me'
  if (/^\s*\[/.test(head)) return has('annotations') || has('predictions') || has('completions') ? 'label-studio' : null
  return has('images') || has('categories') ? 'coco' : null
}

function recogniseObject(file: FormatFile): FormatName | null {
  try {
    const kind = readObject(file).dataSet.text(TAG.sopClass)
    if (isSegmentation(kind)) return 'dicom-seg'
    return kind?.startsWith(REPORTS) ? 'dicom-sr' : null
  } catch (cause) {
    if (cause instanceof FormatError) return null
    throw cause
  }
}
