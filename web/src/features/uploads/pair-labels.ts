import { because } from '@vesalius/contracts'
import type { UploadFile, UploadProblem } from './upload-queue.ts'

/** A chosen or dropped file and its place in the folder it came with. */
export interface Found {
  file: File
  path: string
}

export interface Paired {
  files: UploadFile[]
  /** Label files that no image came along with. */
  lonely: { name: string; bytes: number; problem: UploadProblem }[]
}

const ENDING = /\.label$/i

/** Label files go with the image of the same name in the same folder: `scan.label` or `scan.png.label` with `scan.png`. */
export async function pairLabels(found: readonly Found[]): Promise<Paired> {
  const labels = new Map<string, File>()
  for (const { file, path } of found) if (ENDING.test(path)) labels.set(path.replace(ENDING, ''), file)
  const files: UploadFile[] = []
  for (const { file, path } of found) {
    if (ENDING.test(path)) continue
    const key = labels.has(path) ? path : path.replace(/\.[^./]+$/, '')
    const label = labels.get(key)
    labels.delete(key)
    files.push(label ? { file, label: await label.text() } : { file })
  }
  const told = because`There is no picture of this name beside it.`
  return {
    files,
    lonely: [...labels.values()].map(({ name, size }) => ({
      name,
      bytes: size,
      problem: { code: 'LABEL_MISMATCH', told },
    })),
  }
}
