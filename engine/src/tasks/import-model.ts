import { type Backbone, type ImageType, taskTypeOf } from '@vesalius/contracts'
import { inspectModel, UnusableModelError } from '../model-file/inspect-model.ts'
import { decodeClassifier } from './classification/classifier-file.ts'
import { adoptClassifier } from './classification/imported-classifier.ts'
import { decodeDetector } from './detection/detector-file.ts'
import { decodeSegmenter } from './segmentation/segmenter-file.ts'

/** A person's own model as a project can use it. */
export interface ImportedModel {
  /** The file to keep: the same network, with what it takes to ask it. */
  bytes: Uint8Array
  /** Whether it can answer for the project's images as it is. */
  canPredict: boolean
  /** Whether a training can go on from it, as `warmStartModel`. */
  canLearn: boolean
  /** Of a classifier of this engine: trainings that go on from it must name the same. */
  backbone: Backbone | null
}

/**
 * Looks at an ONNX file within bounds, without running it. Models of this engine can be learnt from, with a new last layer
 * when the classes are others; classifiers of other programs can predict, and are learnt from with their network frozen. Throws UnusableModelError, which says why not.
 */
export function importModel(
  bytes: Uint8Array,
  { taskType, classes }: { taskType: ImageType; classes: readonly string[] },
): ImportedModel {
  const summary = inspectModel(bytes)
  const { family } = taskTypeOf(taskType)
  const own = readOwn(bytes)
  if (own) {
    if (own.family !== family)
      throw new UnusableModelError(`this model is for ${own.family}, the project for ${family}`)
    const answersSame = JSON.stringify(own.classes) === JSON.stringify(classes)
    return { bytes, canPredict: answersSame, canLearn: true, backbone: own.backbone }
  }
  if (family !== 'classification') {
    throw new UnusableModelError('models of other programs can be used in classification projects only')
  }
  const adopted = adoptClassifier(bytes, summary, classes)
  return { bytes: adopted.bytes, canPredict: adopted.answers, canLearn: true, backbone: null }
}

/** The question a model of this engine answers; null for those of other programs. */
function readOwn(bytes: Uint8Array): { family: string; classes: string[]; backbone: Backbone | null } | null {
  const readers = { classification: decodeClassifier, detection: decodeDetector, segmentation: decodeSegmenter }
  try {
    for (const [family, decode] of Object.entries(readers)) {
      const found = decode(bytes)
      if (!found) continue
      const backbone = 'backbone' in found.card ? found.card.backbone : null
      return { family, classes: found.card.classes, backbone }
    }
    return null
  } catch (cause) {
    throw new UnusableModelError('the notes inside this model are damaged', { cause })
  }
}
