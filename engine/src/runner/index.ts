export { PredictionError, TrainingError, type TrainingErrorCode } from './errors.ts'
export type {
  ClassPrediction,
  TrainingItem,
  TrainingOutcome,
  TrainingRequest,
  TrainingUpdate,
} from './messages.ts'
export { openPredictor, type Predictor, type PredictorOptions } from './predictor.ts'
export { type TrainInChildOptions, trainInChild } from './train-in-child.ts'
