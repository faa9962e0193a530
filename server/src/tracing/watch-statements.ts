import { type Context, type Span, SpanKind, type Tracer } from '@opentelemetry/api'
import type { KyselyPlugin, OperationNode, RootOperationNode } from 'kysely'

const VERBS: Readonly<Record<string, string>> = {
  SelectQueryNode: 'SELECT',
  InsertQueryNode: 'INSERT',
  UpdateQueryNode: 'UPDATE',
  DeleteQueryNode: 'DELETE',
  MergeQueryNode: 'MERGE',
}

/** A span a statement, named by what it does to which table: neither its text nor its values are looked at. */
export function watchStatements(tracer: Tracer, active: () => Context): KyselyPlugin {
  const running = new WeakMap<object, Span>()
  return {
    transformQuery({ node, queryId }) {
      const verb = VERBS[node.kind] ?? 'SQL'
      const table = tableOf(node)
      const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': verb }
      const name = table ? `${verb} ${table}` : verb
      const named = { ...attributes, ...(table ? { 'db.collection.name': table } : {}) }
      running.set(queryId, tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes: named }, active()))
      return node
    },
    // A statement that fails gets no answer to look at: its span is left out, the one around it tells.
    async transformResult({ result, queryId }) {
      running.get(queryId)?.end()
      return result
    },
  }
}

function tableOf(node: RootOperationNode): string | null {
  if (node.kind === 'InsertQueryNode') return node.into ? nameOf(node.into) : null
  if (node.kind === 'UpdateQueryNode') return node.table ? nameOf(node.table) : null
  if (node.kind === 'SelectQueryNode' || node.kind === 'DeleteQueryNode') return nameOf(node.from?.froms[0])
  return null
}

/** The name of a table, also of one under another name; null for what is no table. */
function nameOf(node: OperationNode | undefined): string | null {
  if (!node) return null
  const inner = (node as { node?: OperationNode }).node
  if (node.kind === 'AliasNode' && inner) return nameOf(inner)
  if (node.kind !== 'TableNode') return null
  return (node as unknown as { table: { identifier: { name: string } } }).table.identifier.name
}
