import pg from 'pg'

/**
 * Few connections of their own for what must not wait for the pool of requests: a process that is busy is alive all the
 * same, and notes are written by those who hold a connection of the pool already.
 */
export interface SideDatabase {
  query<Row extends object = object>(text: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

const CONNECTIONS = 2

export function openSideDatabase(connectionString: string): SideDatabase {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, keepAlive: true })
  pool.on('error', () => {})
  return {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(text, [...values])).rows,
    close: () => pool.end(),
  }
}
