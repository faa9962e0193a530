import { because } from '@vesalius/contracts'
import { FormatError } from '../shape/problems.ts'

export interface CsvRow {
  line: number
  cells: string[]
}

const MOST_ROWS = 2_000_000

/** Rows of RFC 4180; the separator is whichever of comma, semicolon and tab the first line holds. Throws FormatError. */
export function parseCsv(text: string): CsvRow[] {
  const head = text.slice(0, text.search(/[\r\n]|$/))
  const separator = [',', ';', '\t'].find((candidate) => head.includes(candidate)) ?? ','
  const rows: CsvRow[] = []
  let line = 1
  let at = 0
  while (at < text.length) {
    const row: CsvRow = { line, cells: [] }
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, separator)
      row.cells.push(cell.value)
      line += cell.value.split('\n').length - 1
      at = cell.end
      if (text[at] !== separator) break
      at += 1
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n')
      throw new FormatError(because`line ${line}: text after a quote`)
    at += text.startsWith('\r\n', at) ? 2 : 1
    line += 1
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row)
    if (rows.length > MOST_ROWS) throw new FormatError(because`more than ${MOST_ROWS} rows`)
  }
  return rows
}

export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => quote(String(cell))).join(',')}\r\n`
}

function quote(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function plainCell(text: string, start: number, separator: string): { value: string; end: number } {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\r' && text[end] !== '\n') end += 1
  return { value: text.slice(start, end), end }
}

function quotedCell(text: string, start: number): { value: string; end: number } {
  let at = start + 1
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) throw new FormatError(because`a quote is not closed`)
    if (text[end + 1] !== '"') return { value: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 }
    at = end + 2
  }
}
