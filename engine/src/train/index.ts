export { classifierStep } from '../tasks/classification/classifier-step.ts'
export { openTrainingSession } from './open-training-session.ts'
