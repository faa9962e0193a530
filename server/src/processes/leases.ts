import type { SideDatabase } from './side-database.ts'

/** Who of several processes does what one is enough for. Work done under a lease must still be harmless when done twice. */
export interface Leases {
  /** Whether it is this process's turn; then it stays so for `seconds`. */
  hold(name: string, seconds: number): Promise<boolean>
  /** Lets others go on at once. */
  release(): Promise<void>
}

export const everyLease: Leases = { hold: async () => true, release: async () => {} }

export function openLeases(side: SideDatabase, holder: string): Leases {
  return {
    async hold(name, seconds) {
      const rows = await side.query(
        `INSERT INTO leases (name, holder, until) VALUES ($1, $2, now() + $3 * interval '1 second')
          ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
          WHERE leases.holder = excluded.holder OR leases.until < now()
          RETURNING name`,
        [name, holder, seconds],
      )
      return rows.length > 0
    },
    async release() {
      await side.query(`DELETE FROM leases WHERE holder = $1`, [holder])
    },
  }
}
