import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CurvePoint } from '@vesalius/contracts'
import { z } from 'zod'
import type { NamedTensors } from '../graph/named-tensors.ts'
import type { TrainingRequest } from '../runner/messages.ts'
import type { SessionState } from './training-session.ts'
import { writeFileAtomically } from './write-atomically.ts'

/** All that is needed to go on with a killed run: written whole or not at all, and only ever read by the same run. */
export interface Checkpoint {
  /** Epochs done. */
  epoch: number
  epochs: number
  stepsPerEpoch: number
  /** Seconds of training before it, in whichever process. */
  seconds: number
  curve: CurvePoint[]
  session: SessionState
  best: { epoch: number; loss: number; parameters: NamedTensors } | null
}

/** Raised when a change of the code makes older checkpoints mean something else. */
const FORMAT = 3

const Header = z.object({
  format: z.literal(FORMAT),
  request: z.string(),
  epoch: z.int(),
  epochs: z.int(),
  stepsPerEpoch: z.int(),
  seconds: z.number(),
  step: z.int(),
  curve: z.array(CurvePoint),
  best: z.object({ epoch: z.int(), loss: z.number() }).nullable(),
  tensors: z.array(z.object({ set: z.string(), name: z.string(), shape: z.array(z.int().min(0)) })),
})
type Header = z.infer<typeof Header>

/** What a checkpoint belongs to: the request without the folder it runs in. */
export function hashRequest({ directory: _, ...request }: TrainingRequest): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex')
}

/** Throws what the file system throws (ENOSPC). */
export function writeCheckpoint(directory: string, request: string, checkpoint: Checkpoint): void {
  const { session, best } = checkpoint
  const sets: Record<string, NamedTensors> = {
    parameters: session.parameters,
    optimizer: session.optimizer,
    averaged: session.averaged,
    best: best?.parameters ?? new Map(),
  }
  const tensors: Header['tensors'] = []
  const parts: Uint8Array[] = []
  for (const [set, named] of Object.entries(sets)) {
    for (const [name, { shape, data }] of named) {
      tensors.push({ set, name, shape })
      parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    }
  }
  const header: Header = {
    format: FORMAT,
    request,
    epoch: checkpoint.epoch,
    epochs: checkpoint.epochs,
    stepsPerEpoch: checkpoint.stepsPerEpoch,
    seconds: checkpoint.seconds,
    step: session.step,
    curve: checkpoint.curve,
    best: best && { epoch: best.epoch, loss: best.loss },
    tensors,
  }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.byteLength)
  writeFileAtomically(checkpointFile(directory), [length, text, ...parts])
}

/** The checkpoint of this very request in the folder; null when there is none, or one that is foreign or damaged. */
export function readCheckpoint(directory: string, request: string): Checkpoint | null {
  const bytes = readIfThere(checkpointFile(directory))
  if (!bytes || bytes.byteLength < 4) return null
  const start = 4 + bytes.readUInt32LE(0)
  const header = parseHeader(bytes.subarray(4, start))
  if (header?.request !== request) return null

  const sets = new Map<string, NamedTensors>()
  let offset = start
  for (const { set, name, shape } of header.tensors) {
    const end = offset + 4 * shape.reduce((product, side) => product * side, 1)
    if (end > bytes.byteLength) return null
    const data = new Float32Array(new Uint8Array(bytes.subarray(offset, end)).buffer)
    const named = sets.get(set) ?? new Map()
    sets.set(set, named.set(name, { shape, data }))
    offset = end
  }
  const named = (set: string): NamedTensors => sets.get(set) ?? new Map()
  return {
    epoch: header.epoch,
    epochs: header.epochs,
    stepsPerEpoch: header.stepsPerEpoch,
    seconds: header.seconds,
    curve: header.curve,
    session: {
      parameters: named('parameters'),
      optimizer: named('optimizer'),
      averaged: named('averaged'),
      step: header.step,
    },
    best: header.best && { ...header.best, parameters: named('best') },
  }
}

const SECONDS_BETWEEN = 15
/** Writing may take at most one part in so many of the time. */
const WRITING_PART = 20

/**
 * Writes the first it is offered, then one every 15 s, or less often where writing is slow.
 * Throws as `writeCheckpoint`.
 */
export function keepCheckpoints(directory: string, request: string): (checkpoint: () => Checkpoint) => void {
  let last = Number.NEGATIVE_INFINITY
  let writingMs = 0
  return (checkpoint) => {
    const now = performance.now()
    if (now - last < Math.max(SECONDS_BETWEEN * 1000, WRITING_PART * writingMs)) return
    writeCheckpoint(directory, request, checkpoint())
    last = performance.now()
    writingMs = last - now
  }
}

export function removeCheckpoint(directory: string): void {
  rmSync(checkpointFile(directory), { force: true })
}

function checkpointFile(directory: string): string {
  return join(directory, 'checkpoint.bin')
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function parseHeader(bytes: Uint8Array): Header | null {
  try {
    return Header.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? null
  } catch {
    return null
  }
}
