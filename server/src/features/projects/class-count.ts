import { AppError, type ImageType, isBinary, isClassification } from '@vesalius/contracts'

/** Throws VALIDATION_FAILED where a task of this type cannot have so many classes. */
export function checkClassCount(taskType: ImageType, classes: readonly string[]): void {
  const problem =
    isBinary(taskType) && classes.length !== 2
      ? 'A binary task has exactly two classes.'
      : isClassification(taskType) && classes.length < 2
        ? 'A classification task has at least two classes.'
        : taskType !== 1000 && classes.length < 1
          ? 'A project has at least one class.'
          : null
  if (problem) throw new AppError('VALIDATION_FAILED', problem)
}
