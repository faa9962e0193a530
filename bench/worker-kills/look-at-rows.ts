import type { Database } from '@vesalius/server/database'
import { sql } from 'kysely'

type Db = Database['db']

/** What must be there once and is there more often, by what it is. */
const DOUBLED: Readonly<Record<string, string>> = {
  modelsOfATraining: `SELECT run_id FROM model_versions GROUP BY run_id HAVING count(*) > 1`,
  modelNumbers: `SELECT project_id, number FROM model_versions GROUP BY 1, 2 HAVING count(*) > 1`,
  servingModels: `SELECT project_id FROM model_versions WHERE state = 'serving' GROUP BY 1 HAVING count(*) > 1`,
  guessesOfAModel: `SELECT image_id, model_version_id FROM predictions GROUP BY 1, 2 HAVING count(*) > 1`,
  revisionsOfAGuess: `SELECT image_id FROM label_revisions WHERE author ->> 'kind' = 'model'
    GROUP BY image_id, author HAVING count(*) > 1`,
  filesOfAnImage: `SELECT uri FROM images GROUP BY uri HAVING count(*) > 1`,
  succeededWithoutOneModel: `SELECT FROM runs WHERE state = 'succeeded'
    AND (SELECT count(*) FROM model_versions WHERE run_id = runs.id) <> 1`,
  openTrainingsOfAProject: `SELECT project_id FROM runs WHERE state IN ('pending', 'running') GROUP BY 1 HAVING count(*) > 1`,
}

export async function findDoubled(db: Db): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [name, query] of Object.entries(DOUBLED)) {
    const { rows } = await sql.raw(query).execute(db)
    if (rows.length > 0) found[name] = rows.length
  }
  return found
}

/** Jobs that wait or run though nothing is left to do, and those that were given up, by name. */
export async function findUnfinishedJobs(
  db: Db,
): Promise<{ jobsOpen: Record<string, number>; jobsGivenUp: Record<string, number> }> {
  const { rows } = await sql<{ name: string; open: number; given_up: number }>`SELECT name,
      count(*) FILTER (WHERE state IN ('created', 'retry', 'active'))::int AS open,
      count(*) FILTER (WHERE state = 'failed')::int AS given_up
    FROM jobs.job WHERE name IN ('prelabel-image', 'prelabel-project', 'train-model') GROUP BY name`.execute(db)
  const listed = (of: 'open' | 'given_up') =>
    Object.fromEntries(rows.filter((row) => row[of] > 0).map((row) => [row.name, row[of]]))
  return { jobsOpen: listed('open'), jobsGivenUp: listed('given_up') }
}
