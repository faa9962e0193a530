import type { NamedTensors } from '../../graph/named-tensors.ts'
import { type JudgedImage, meanAveragePrecision } from '../../metrics/detection.ts'
import { openOnnx } from '../../onnx.ts'
import type { Judgement } from '../../train/run-epochs.ts'
import { encodeDetector } from './detector-file.ts'
import { type FinderSettings, findBoxes, type Size } from './find-boxes.ts'
import type { Mark } from './mark.ts'

/** A held-out image; size and marks in pixels of the original. */
export interface HeldOutImage extends Size {
  /** Its pixels as the network sees them. */
  read(): Uint8Array
  marks: readonly Mark[]
}

/** `loss` is 1 − the mean of mAP@.5 and mAP@[.5:.95], `score` is mAP@.5. */
export interface Evaluation extends Judgement {
  images: JudgedImage[]
}

/** Judges parameters on held-out images; at least one. */
export async function evaluateParameters(
  parameters: NamedTensors,
  heldOut: readonly HeldOutImage[],
  settings: FinderSettings,
  classCount: number,
): Promise<Evaluation> {
  const spec = { channels: settings.channels, classCount }
  const session = await openOnnx(encodeDetector(spec, parameters, null))
  try {
    const images: JudgedImage[] = []
    for (const image of heldOut) {
      images.push({ truths: image.marks, guesses: await findBoxes(session, settings, image.read(), image) })
    }
    const { map50, map } = meanAveragePrecision(images, classCount)
    return { images, score: map50 ?? 0, loss: 1 - ((map50 ?? 0) + (map ?? 0)) / 2 }
  } finally {
    await session.dispose()
  }
}
