import { AppError, type ModelVersionId, type RemotePrediction, taskTypeOf } from '@vesalius/contracts'
import type { Prediction } from '@vesalius/engine/runner'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { type Classed, namesUnder } from '../classes/class-schemes.ts'
import { type Guess, joinFrames, toGuess } from '../predictions/guess.ts'

/** A version gets its row only for an answer that fits. */
const UNKNOWN = '' as ModelVersionId

type Subject = Classed & Pick<ProjectRow, 'algorithm'>

/**
 * What a model elsewhere says of an image, as the guess it becomes here. Throws LABEL_MISMATCH where it answers another
 * question. `scheme`: the class scheme that the model learned under, whose names and places it says: another kind of marks, classes the project has not, masks of another size, a frame that is not there.
 */
export function readAnswer(
  project: Subject,
  image: Pick<ImageRow, 'width' | 'height' | 'frames'>,
  predictions: readonly RemotePrediction[],
  latencyMs: number,
  scheme = project.class_scheme,
): Omit<Guess, 'modelVersionId'> {
  const frames = predictions.map(({ frame = 0 }) => frame)
  if (new Set(frames).size < frames.length) throw mismatch('a frame is answered twice')
  const beyond = frames.find((frame) => frame >= image.frames)
  if (beyond !== undefined) throw mismatch(`frame ${beyond} of an image with ${image.frames}, counted from 0`)
  const isClassification = taskTypeOf(project.task_type).family === 'classification'
  if (isClassification && frames.length > 1) throw mismatch('a class speaks of the whole image, not of its frames')
  try {
    const guesses = predictions.map((prediction) =>
      toGuess(
        project,
        image,
        { id: UNKNOWN, class_scheme: scheme },
        placeClasses({ ...project, classes: namesUnder(project, scheme) }, prediction, latencyMs),
      ),
    )
    const { modelVersionId: _, ...said } = joinFrames(guesses, frames)
    return said
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw mismatch(cause instanceof Error ? cause.message : 'it cannot be read', cause)
  }
}

function placeClasses(project: Subject, prediction: RemotePrediction, latencyMs: number): Prediction {
  const { family } = taskTypeOf(project.task_type)
  const place = placeIn(project.classes)
  if ('probabilities' in prediction && family === 'classification') {
    const { probabilities } = prediction
    if (probabilities.length !== project.classes.length) {
      throw mismatch(`${probabilities.length} probabilities for ${project.classes.length} classes`)
    }
    return { probabilities, latencyMs }
  }
  if ('boxes' in prediction && family === 'detection') {
    const placed = (marks: typeof prediction.boxes = []) => marks.map((mark) => ({ ...mark, class: place(mark.class) }))
    const boxes = placed(prediction.boxes).sort((a, b) => b.score - a.score)
    return { boxes, doubtful: placed(prediction.doubtful), latencyMs }
  }
  if ('masks' in prediction && family === 'segmentation') {
    const masks = prediction.masks.map((mark) => ({ ...mark, class: place(mark.class) }))
    return { size: prediction.size, masks, latencyMs }
  }
  throw mismatch(`a project of the type ${family} takes other marks`)
}

function placeIn(classes: readonly string[]) {
  return (given: string | number): number => {
    const index = typeof given === 'number' ? given : classes.indexOf(given)
    if (index >= 0 && index < classes.length) return index
    throw mismatch(`the project has no class ${JSON.stringify(given)}`)
  }
}

function mismatch(reason: string, cause?: unknown): AppError {
  return new AppError('LABEL_MISMATCH', `The answer does not fit: ${reason}.`, {}, { cause })
}
