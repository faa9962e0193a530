import type { ClassificationMetrics } from '@vesalius/contracts'
import { areaUnderRoc } from './auroc.ts'
import { bootstrapInterval } from './bootstrap.ts'
import { expectedCalibrationError } from './calibration-error.ts'
import { accuracyOf, balancedAccuracyOf, classRates, countConfusion } from './confusion.ts'

/**
 * All figures of a classification, per image, every image counted once.
 * `truths`: [image], class indices; `probabilities`: [image][class], 0..1, each row summing to 1; the answer is the
 * most probable class, the first of equals. AUROC: of class 1 when binary, else the macro mean over the classes that
 * have both sides. Loss: mean negative log-likelihood in nats.
 * Throws RangeError when lengths or indices do not fit.
 */
export function measureClassification(
  classes: readonly string[],
  truths: readonly number[],
  probabilities: readonly (readonly number[])[],
): ClassificationMetrics {
  const answers = probabilities.map(mostProbable)
  const confusion = countConfusion(truths, answers, classes.length)
  const isCorrect = truths.map((truth, index) => truth === answers[index])
  const confidences = probabilities.map((row, index) => row[answers[index] ?? 0] ?? 0)
  const areas = classes.map((_, index) =>
    areaUnderRoc(
      probabilities.map((row) => row[index] ?? 0),
      truths.map((truth) => truth === index),
    ),
  )
  return {
    kind: 'classification',
    images: truths.length,
    accuracy: accuracyOf(confusion),
    balancedAccuracy: balancedAccuracyOf(confusion),
    auroc: classes.length === 2 ? (areas[1] ?? null) : meanOf(areas.filter((area) => area !== null)),
    ece: expectedCalibrationError(confidences, isCorrect),
    loss: meanOf(truths.map((truth, index) => -Math.log(Math.max(probabilities[index]?.[truth] ?? 0, 1e-12)))),
    accuracyInterval: bootstrapInterval(isCorrect),
    confusion,
    perClass: classes.map((name, index) => ({ name, ...classRates(confusion, index), auroc: areas[index] ?? null })),
  }
}

/** Index of the largest probability, the first of equals. */
export function mostProbable(probabilities: readonly number[]): number {
  return probabilities.reduce((best, value, index) => (value > (probabilities[best] ?? 0) ? index : best), 0)
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
