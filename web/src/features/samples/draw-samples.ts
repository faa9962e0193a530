import { type ImageType, type LabelFile, writeClassAnswer } from '@vesalius/contracts'
import { CELL_KINDS, drawCellPhantom } from '@vesalius/imaging'
import type { UploadFile } from '../uploads/upload-queue.ts'

export const ANNOTATED_SAMPLES = 150
export const OPEN_SAMPLES = 24
export const SAMPLE_COUNT = ANNOTATED_SAMPLES + OPEN_SAMPLES
export const SAMPLE_TASK_TYPE: ImageType = 1003
const SIDE = 80

/** Draws the sample pictures one after the other, letting the page breathe between them. */
export async function drawSamples(
  classNames: readonly string[],
  onDrawn: (count: number) => void,
  signal: AbortSignal,
): Promise<UploadFile[]> {
  const files: UploadFile[] = []
  for (let index = 0; index < SAMPLE_COUNT; index++) {
    signal.throwIfAborted()
    const value = index % CELL_KINDS.length
    const file = await drawSample(index, CELL_KINDS[value] ?? 'round')
    files.push(index < ANNOTATED_SAMPLES ? { file, label: sampleLabel(classNames, value) } : { file })
    onDrawn(index + 1)
  }
  return files
}

/** The label file that says a sample shows the class at index `value`. */
export function sampleLabel(classNames: readonly string[], value: number): string {
  const weights = classNames.map((_, index) => (index === value ? 1 : 0))
  const data = writeClassAnswer(SAMPLE_TASK_TYPE, classNames, { value, weights })
  return JSON.stringify({ type: SAMPLE_TASK_TYPE, data } as LabelFile)
}

async function drawSample(index: number, kind: (typeof CELL_KINDS)[number]): Promise<File> {
  const { width, height, rgba } = drawCellPhantom({ seed: index + 1, kind, size: SIDE })
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return new File([blob], `cell-${String(index + 1).padStart(3, '0')}.png`, { type: 'image/png' })
}
