import type { RunId } from '@vesalius/contracts'
import { AppError } from '@vesalius/contracts'
import {
  type TrainInChildOptions,
  type TrainingOutcome,
  type TrainingRequest,
  trainInChild,
} from '@vesalius/engine/runner'
import type { ProjectRow, RunRow } from '../../db/tables.ts'

/** Where trainings are done. What it hands back is checked by the gate like anybody's. */
export interface Trainer {
  train(request: TrainingRequest, options: TrainInChildOptions & { runId: RunId }): Promise<TrainingOutcome>
}

/** In a child process of this machine. */
export const localTrainer: Trainer = { train: trainInChild }

export type Trainers = Partial<Record<ProjectRow['algorithm']['strategy'], Trainer>>

/** The trainer for the place a run was started for. */
export function trainerOf(trainers: Trainers, { place }: Pick<RunRow, 'place'>): Trainer {
  const trainer = trainers[place === 'here' ? 'local' : 'remote']
  if (!trainer) throw new AppError('TRAINING_FAILED', 'No training elsewhere is set up.')
  return trainer
}
