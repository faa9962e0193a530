export { frameAddress, readAddress } from '../data/picture-address.ts'
export { PredictionError, TrainingError, type TrainingErrorCode } from './errors.ts'
export type {
  BoxPrediction,
  ClassItem,
  ClassPrediction,
  MarkedItem,
  MaskPrediction,
  Prediction,
  TrainingItem,
  TrainingOutcome,
  TrainingRequest,
  TrainingUpdate,
} from './messages.ts'
export { openPredictor, type Predictor, type PredictorOptions } from './predictor.ts'
export { type TrainInChildOptions, trainInChild } from './train-in-child.ts'
