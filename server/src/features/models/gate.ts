import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { AppError, type ComparisonResult, type GateDecision, type ModelVersionId } from '@vesalius/contracts'
import { judgeCandidate } from '@vesalius/engine'
import type { TrainingOutcome } from '@vesalius/engine/runner'
import type { Context } from '../../context.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { findHeldOutImages } from './held-out.queries.ts'
import { askModel, compareAnswers, type HeldOutImage, readHeldOut } from './measure-models.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'pictures' | 'openJudge'>

/** What the gate says of a candidate, before it has a row. */
export interface Verdict {
  decision: Omit<GateDecision, 'comparisonId' | 'decidedAt'>
  comparison: ComparisonResult | null
  heldOut: HeldOutImage[]
}

/**
 * Tries a finished model and measures it against the one in service, on the same held-out images. Throws MODEL_UNUSABLE
 * for a file that is not what the training said it wrote, or that does not answer: such a model is not kept at all.
 */
export async function judgeModel(
  parts: Parts,
  project: ProjectRow,
  { outcome, learned, signal }: { outcome: TrainingOutcome; learned: readonly ImageRow['id'][]; signal: AbortSignal },
): Promise<Verdict> {
  await requireIntact(outcome)
  const heldOut = await readHeldOut(parts.db, project, await findHeldOutImages(parts.db, project))
  const images = heldOut.map(({ image }) => image)
  const servingId = await findServing(parts, project)
  const serving = servingId ? await findModel(parts.db, servingId) : undefined
  const judge = parts.openJudge()
  try {
    const tried = images.length > 0 ? images : await findOne(parts, learned)
    const second = await askModel(parts, judge, outcome.modelFile, { images: tried, signal })
    if (!serving) return first(outcome, heldOut)
    const servingFile = await parts.storage.localFile(serving.uri)
    const answers = await askModel(parts, judge, servingFile, { images, signal }).catch(() => images.map(() => null))
    const comparison = compareAnswers(project, heldOut, { first: answers, second: second.slice(0, images.length) })
    return weigh(project, { comparison, heldOut, outcome, servingId })
  } finally {
    await judge.close()
  }
}

function weigh(
  project: ProjectRow,
  {
    comparison,
    heldOut,
    outcome,
    servingId,
  }: {
    comparison: ComparisonResult
    heldOut: HeldOutImage[]
    outcome: TrainingOutcome
    servingId: ModelVersionId | null
  },
): Verdict {
  const { first, second, interval, shareBetter, classes, images } = comparison
  const scores = { first: first.score, second: second.score, interval, shareBetter, classes }
  const { isBetter, reason } = judgeCandidate(
    { ...scores, difference: comparison.difference },
    { images, gate: project.algorithm.gate },
  )
  const isMeasured = isFiniteFigure(outcome)
  return {
    heldOut,
    comparison: images > 0 ? comparison : null,
    decision: {
      isPromoted: isBetter && isMeasured,
      reason: isMeasured ? reason : 'noFigure',
      againstId: servingId,
      images,
      score: second.score,
      againstScore: first.score,
      interval,
      shareBetter,
      classes,
    },
  }
}

/** Where nothing serves, any model that was measured and answers is better than none. */
function first(outcome: TrainingOutcome, heldOut: HeldOutImage[]): Verdict {
  const isPromoted = isFiniteFigure(outcome)
  const reason = isPromoted ? 'first' : 'noFigure'
  const nothing = { againstId: null, score: null, againstScore: null, interval: null, shareBetter: null, classes: [] }
  return { heldOut, comparison: null, decision: { isPromoted, reason, images: heldOut.length, ...nothing } }
}

/** What the training itself measured must be numbers. */
function isFiniteFigure({ metrics }: TrainingOutcome): boolean {
  if (metrics?.kind === 'classification') return metrics.loss === null || Number.isFinite(metrics.loss)
  return true
}

async function findServing({ db }: Parts, project: ProjectRow): Promise<ModelVersionId | null> {
  const row = await db
    .selectFrom('projects')
    .select('serving_model_id')
    .where('id', '=', project.id)
    .executeTakeFirstOrThrow()
  return row.serving_model_id
}

async function findOne({ db }: Parts, imageIds: readonly ImageRow['id'][]): Promise<ImageRow[]> {
  const [imageId] = imageIds
  if (!imageId) return []
  return db.selectFrom('images').selectAll().where('id', '=', imageId).execute()
}

async function requireIntact({ modelFile, sha256 }: TrainingOutcome): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(modelFile), hash)
  if (hash.digest('hex') === sha256) return
  throw new AppError('MODEL_UNUSABLE', 'The model cannot be used: its file is not what the training wrote.')
}
