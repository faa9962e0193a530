import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import { currentActor } from './actor.ts'

const WRITES = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode', 'MergeQueryNode'])

/** A dialect that tells the database who is at work before anything changes, so that its triggers can record it. */
export function attributed(dialect: Dialect): Dialect {
  return {
    createDriver: () => new AttributedDriver(dialect.createDriver()),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  }
}

class AttributedDriver implements Driver {
  readonly #inner: Driver
  /** What each connection was told last; it keeps it from one transaction to the next. */
  readonly #told = new WeakMap<DatabaseConnection, string>()

  constructor(inner: Driver) {
    this.#inner = inner
  }

  init(): Promise<void> {
    return this.#inner.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new AttributedConnection(await this.#inner.acquireConnection(), (connection) => this.#tell(connection))
  }

  /** Told before the transaction begins, so that a rollback does not take it back. */
  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await this.#tell(innerOf(connection))
    await this.#inner.beginTransaction(innerOf(connection), settings)
    ;(connection as AttributedConnection).isInTransaction = true
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#inner.commitTransaction(innerOf(connection))
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#inner.rollbackTransaction(innerOf(connection))
  }

  async savepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler['compileQuery']): Promise<void> {
    await this.#inner.savepoint?.(innerOf(connection), name, compile)
  }

  async rollbackToSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler['compileQuery'],
  ): Promise<void> {
    await this.#inner.rollbackToSavepoint?.(innerOf(connection), name, compile)
  }

  async releaseSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler['compileQuery'],
  ): Promise<void> {
    await this.#inner.releaseSavepoint?.(innerOf(connection), name, compile)
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection(innerOf(connection))
  }

  destroy(): Promise<void> {
    return this.#inner.destroy()
  }

  async #tell(connection: DatabaseConnection): Promise<void> {
    const actor = currentActor()
    const text = actor ? JSON.stringify(actor) : ''
    if ((this.#told.get(connection) ?? '') === text) return
    await connection.executeQuery(CompiledQuery.raw(`SELECT set_config('vesalius.actor', $1, false)`, [text]))
    this.#told.set(connection, text)
  }
}

class AttributedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  readonly #tell: (connection: DatabaseConnection) => Promise<void>
  isInTransaction = false

  constructor(inner: DatabaseConnection, tell: (connection: DatabaseConnection) => Promise<void>) {
    this.inner = inner
    this.#tell = tell
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.isInTransaction && mayWrite(query)) await this.#tell(this.inner)
    return this.inner.executeQuery<R>(query)
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize)
  }
}

function mayWrite({ query, sql }: CompiledQuery): boolean {
  return WRITES.has(query.kind) || /^\s*(insert|update|delete|merge|with)\b/i.test(sql)
}

function innerOf(connection: DatabaseConnection): DatabaseConnection {
  return (connection as AttributedConnection).inner
}
