export { measureClassification, mostProbable } from './metrics/classification.ts'
export * from './runner/index.ts'
export { familyOf } from './tasks/families.ts'
export { type ScoredItem, type SegmentationScore, scoreSegmenter } from './tasks/segmentation/score-segmenter.ts'
