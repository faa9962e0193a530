/** Which images of a list are chosen, and where a range with Shift begins. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly anchor: string | null
}

export const NOTHING: Selection = { ids: new Set(), anchor: null }

/** Chooses one more or one less; `isRange`: all from the last one touched to this, as they stand in `order`. */
export function toggle(selection: Selection, id: string, order: readonly string[], isRange = false): Selection {
  const ids = new Set(selection.ids)
  const isChosen = !ids.has(id)
  for (const each of isRange ? between(order, selection.anchor, id) : [id]) {
    if (isChosen) ids.add(each)
    else ids.delete(each)
  }
  return { ids, anchor: id }
}

export const chooseAll = (ids: Iterable<string>): Selection => ({ ids: new Set(ids), anchor: null })

/** Without what the list no longer holds. */
export function keepListed(selection: Selection, order: readonly string[]): Selection {
  const listed = new Set(order)
  const ids = [...selection.ids].filter((id) => listed.has(id))
  return ids.length === selection.ids.size ? selection : { ...selection, ids: new Set(ids) }
}

function between(order: readonly string[], from: string | null, to: string): readonly string[] {
  const [start, end] = [from === null ? -1 : order.indexOf(from), order.indexOf(to)]
  if (start === -1 || end === -1) return [to]
  return order.slice(Math.min(start, end), Math.max(start, end) + 1)
}
