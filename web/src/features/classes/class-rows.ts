import type { ClassColour, EditedClass, Project } from '@vesalius/contracts'

/** A class while its project's classes are edited. */
export interface ClassRow {
  id: number
  /** Its place now; null: a new class. */
  was: number | null
  /** The name the project has; a name that a person never chose is shown in the reader's language. */
  stored: string
  original: string
  shown: string
  colour: ClassColour
  /** Rows that are merged into this one, those that they took before included. */
  takes: ClassRow[]
}

export interface ClassRows {
  rows: ClassRow[]
  removed: ClassRow[]
}

export function startRows(project: Project, className: (stored: string) => string): ClassRows {
  const rows = project.classes.map((stored, place) => {
    const shown = className(stored)
    return {
      id: place,
      was: place,
      stored,
      original: shown,
      shown,
      colour: project.classColours[place] ?? null,
      takes: [],
    }
  })
  return { rows, removed: [] }
}

export function addRow({ rows, removed }: ClassRows): ClassRows {
  const ids = [...rows, ...rows.flatMap(({ takes }) => takes), ...removed].map((row) => row.id)
  const id = Math.max(-1, ...ids) + 1
  return { rows: [...rows, { id, was: null, stored: '', original: '', shown: '', colour: null, takes: [] }], removed }
}

export function changeRow({ rows, removed }: ClassRows, id: number, change: Partial<ClassRow>): ClassRows {
  return { rows: rows.map((row) => (row.id === id ? { ...row, ...change } : row)), removed }
}

export function moveRow({ rows, removed }: ClassRows, id: number, step: 1 | -1): ClassRows {
  const from = rows.findIndex((row) => row.id === id)
  const to = from + step
  const [row, other] = [rows[from], rows[to]]
  if (!row || !other) return { rows, removed }
  return { rows: rows.map((each, at) => (at === from ? other : at === to ? row : each)), removed }
}

/** A new class simply goes; one of the project waits among the removed ones. */
export function removeRow({ rows, removed }: ClassRows, id: number): ClassRows {
  const gone = rows.filter((row) => row.id === id).flatMap((row) => [{ ...row, takes: [] }, ...row.takes])
  return { rows: rows.filter((row) => row.id !== id), removed: [...removed, ...gone.filter(({ was }) => was !== null)] }
}

export function keepRow({ rows, removed }: ClassRows, id: number): ClassRows {
  return { rows: [...rows, ...removed.filter((row) => row.id === id)], removed: removed.filter((row) => row.id !== id) }
}

export function mergeRow({ rows, removed }: ClassRows, id: number, into: number): ClassRows {
  const taken = rows.filter((row) => row.id === id).flatMap((row) => [{ ...row, takes: [] }, ...row.takes])
  const rest = rows.filter((row) => row.id !== id)
  return { rows: rest.map((row) => (row.id === into ? { ...row, takes: [...row.takes, ...taken] } : row)), removed }
}

export function splitRow({ rows, removed }: ClassRows, id: number): ClassRows {
  return {
    rows: rows.flatMap((row) => {
      const found = row.takes.find((each) => each.id === id)
      return found ? [{ ...row, takes: row.takes.filter((each) => each.id !== id) }, found] : [row]
    }),
    removed,
  }
}

export function editedClasses({ rows }: ClassRows): EditedClass[] {
  return rows.map((row) => ({
    name: row.stored !== '' && row.shown === row.original ? row.stored : row.shown.trim(),
    was: row.was,
    takes: row.takes.flatMap(({ was }) => (was === null ? [] : [was])),
    colour: row.colour,
  }))
}
