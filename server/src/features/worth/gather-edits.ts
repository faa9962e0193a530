import type { ImageId, LabelData, ModelVersionId, ProjectId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import { countEdits } from './count-edits.ts'

const AT_ONCE = 50
/** In one go; what is left over follows with the next. */
const MOST_COMPARED = 5000

interface Pair {
  image_id: ImageId
  revision: number
  model_version_id: ModelVersionId
  guess: LabelData
  label: LabelData
  seconds: number | null
}

/** Notes what people changed of the first guesses they have answered since the last time. Answers how many wait still. */
export async function gatherEdits(db: Db, projectId: ProjectId, signal: AbortSignal): Promise<number> {
  for (let done = 0; done < MOST_COMPARED; done += AT_ONCE) {
    signal.throwIfAborted()
    const pairs = await sql<Pair>`
      SELECT answer.image_id, answer.revision, guess.author->>'modelVersionId' AS model_version_id,
        guess.data AS guess, answer.data AS label, answer.seconds
      ${answeredGuesses(projectId)} ORDER BY answer.image_id, answer.revision LIMIT ${AT_ONCE}`.execute(db)
    if (pairs.rows.length === 0) return 0
    const rows = pairs.rows.map(({ guess, label, ...pair }) => {
      const { edits, scores } = countEdits(guess, label)
      return { ...pair, project_id: projectId, edits: json(edits), scores: json(scores) }
    })
    await db
      .insertInto('guess_edits')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const left = await sql<{ count: number }>`SELECT count(*) AS count ${answeredGuesses(projectId)}`.execute(db)
  return left.rows[0]?.count ?? 0
}

/** Labels of people that followed a guess directly and are not compared yet. */
function answeredGuesses(projectId: ProjectId) {
  return sql`
    FROM label_revisions answer
    JOIN label_revisions guess ON guess.image_id = answer.image_id AND guess.revision = answer.revision - 1
    JOIN images ON images.id = answer.image_id
    WHERE images.project_id = ${projectId} AND answer.author->>'kind' = 'person' AND guess.author->>'kind' = 'model'
      AND NOT EXISTS (SELECT FROM guess_edits known
        WHERE known.image_id = answer.image_id AND known.revision = answer.revision)`
}
