export * from './compare/index.ts'
export { measureClassification, mostProbable } from './metrics/classification.ts'
export { type JudgedImage, measureDetection } from './metrics/detection.ts'
export {
  emptyTally,
  type InstanceTally,
  instancePrecision,
  poolTallies,
  tallyInstances,
} from './metrics/segmentation-instances.ts'
export { UnusableModelError } from './model-file/inspect-model.ts'
export * from './runner/index.ts'
export * from './select/index.ts'
export { readDetectorThresholds } from './tasks/detection/detector-file.ts'
export { familyOf, openModelFile } from './tasks/families.ts'
export { type ImportedModel, importModel } from './tasks/import-model.ts'
export { type ScoredItem, type SegmentationScore, scoreSegmenter } from './tasks/segmentation/score-segmenter.ts'
