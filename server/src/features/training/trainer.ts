import { AppError } from '@vesalius/contracts'
import {
  type TrainInChildOptions,
  type TrainingOutcome,
  type TrainingRequest,
  trainInChild,
} from '@vesalius/engine/runner'
import type { ProjectRow } from '../../db/tables.ts'

/** Where trainings are done. What it hands back is checked by the gate like anybody's. */
export interface Trainer {
  train(request: TrainingRequest, options: TrainInChildOptions): Promise<TrainingOutcome>
}

/** In a child process of this machine. */
export const localTrainer: Trainer = { train: trainInChild }

export type Trainers = Partial<Record<ProjectRow['algorithm']['strategy'], Trainer>>

/** The trainer that a project's settings name. */
export function trainerOf(trainers: Trainers, { algorithm }: Pick<ProjectRow, 'algorithm'>): Trainer {
  const trainer = trainers[algorithm.strategy]
  if (!trainer) throw new AppError('TRAINING_FAILED', `No training is set up for the strategy "${algorithm.strategy}".`)
  return trainer
}
