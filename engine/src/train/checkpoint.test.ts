import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { TrainingRequest } from '../runner/messages.ts'
import {
  type Checkpoint,
  hashRequest,
  keepCheckpoints,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts'

const folder = mkdtempSync(join(tmpdir(), 'checkpoint-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tensors = (...values: number[]) =>
  new Map([['fc.weight', { shape: [values.length], data: Float32Array.from(values) }]])
const checkpoint: Checkpoint = {
  epoch: 3,
  epochs: 10,
  stepsPerEpoch: 8,
  seconds: 12.5,
  curve: [],
  session: { parameters: tensors(1, 2), optimizer: tensors(3), averaged: tensors(4, 5), step: 24 },
  best: { epoch: 2, loss: 0.25, parameters: tensors(6, 7) },
}

it('gives back what was written, and leaves nothing half behind', () => {
  writeCheckpoint(folder, 'this run', checkpoint)
  expect(readCheckpoint(folder, 'this run')).toEqual(checkpoint)
  expect(readdirSync(folder)).toEqual(['checkpoint.bin'])
})

it('ignores the checkpoint of another run', () => {
  writeCheckpoint(folder, 'another run', checkpoint)
  expect(readCheckpoint(folder, 'this run')).toBeNull()
})

it('ignores a damaged or missing checkpoint', () => {
  writeCheckpoint(folder, 'this run', checkpoint)
  const file = join(folder, 'checkpoint.bin')
  const whole = readFileSync(file)
  for (const length of [0, 3, 20, whole.length - 4]) {
    writeFileSync(file, whole.subarray(0, length))
    expect(readCheckpoint(folder, 'this run')).toBeNull()
  }
  removeCheckpoint(folder)
  expect(readCheckpoint(folder, 'this run')).toBeNull()
})

it('tells requests apart by all that changes the outcome, not by their folder', () => {
  const request: TrainingRequest = {
    taskType: 1001,
    classes: ['a', 'b'],
    items: [{ imageId: 'x', file: 'x.png', value: 0, group: 'x' }],
    backbone: 'compact',
    imageSize: null,
    seed: 1,
    budgetMinutes: 1,
    warmStartModel: null,
    directory: 'here',
  }
  expect(hashRequest({ ...request, directory: 'there' })).toBe(hashRequest(request))
  expect(hashRequest({ ...request, seed: 2 })).not.toBe(hashRequest(request))
})

it('keeps the first checkpoint at once, so that a run killed early goes on too, and not the next one right after', () => {
  const keep = keepCheckpoints(folder, 'kept run')
  keep(() => checkpoint)
  keep(() => ({ ...checkpoint, epoch: checkpoint.epoch + 1 }))
  expect(readCheckpoint(folder, 'kept run')?.epoch).toBe(checkpoint.epoch)
})
