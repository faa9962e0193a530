import { randomUUID } from 'node:crypto'
import type { ProcessRegistry } from '../processes/process-registry.ts'
import type { SideDatabase } from '../processes/side-database.ts'
import { Note, type Notes } from './notes.ts'

/** Notes as rows of the database server, where processes on other machines find them. */
export function openTableNotes(side: SideDatabase, processes: Pick<ProcessRegistry, 'id' | 'alive'>): Notes {
  return {
    async add(kind, note) {
      const id = randomUUID()
      await side.query(`INSERT INTO change_notes (id, process_id, kind, note) VALUES ($1, $2, $3, $4)`, [
        id,
        processes.id,
        kind,
        JSON.stringify(note),
      ])
      return async () => {
        await side.query(`DELETE FROM change_notes WHERE id = $1`, [id])
      }
    },
    async settle(kind, settle, before = Date.now()) {
      const alive = await processes.alive()
      const rows = await side.query<{ id: string; note: unknown }>(
        `SELECT id, note FROM change_notes
          WHERE kind = $1 AND noted_at <= to_timestamp($2 / 1000.0) + interval '1 millisecond'
          AND NOT process_id = ANY($3) ORDER BY noted_at`,
        [kind, Math.min(before, Number.MAX_SAFE_INTEGER), [...alive]],
      )
      for (const { id, note } of rows) {
        await settle(Note.parse(note))
        await side.query(`DELETE FROM change_notes WHERE id = $1`, [id])
      }
    },
    async count() {
      const [row] = await side.query<{ count: string }>(`SELECT count(*) FROM change_notes`)
      return Number(row?.count ?? 0)
    },
  }
}
