import type { BlockHeading } from '../../db/tables/articles.ts'

/**
 * Cuts Markdown into blocks whose texts, one after another, are the text again. A block is a run of paragraphs of about
 * `TARGET` bytes that likes to begin at a heading; a fenced part (code, formula) stays whole where it fits `MOST`. What
 * is longer without a blank line is cut at line ends, and a line longer than that between characters.
 */

/** UTF-8 bytes. */
const TARGET = 4096
export const MOST_BLOCK_BYTES = 16_384
/** A heading begins a new block where the one before has at least this. */
const ENOUGH = 1024
const MOST_HEADINGS = 200
const MOST_HEADING_LENGTH = 300

const FENCE = /^ {0,3}(`{3,}|~{3,}|\$\$)/
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/

export function splitMarkdown(text: string): string[] {
  const blocks: string[] = []
  let block = ''
  let size = 0
  const end = () => {
    if (block !== '') blocks.push(block)
    block = ''
    size = 0
  }
  for (const piece of piecesOf(text)) {
    const bytes = Buffer.byteLength(piece.text)
    if ((piece.isHeading && size >= ENOUGH) || size + bytes > TARGET) end()
    if (bytes > MOST_BLOCK_BYTES) {
      end()
      blocks.push(...cutLines(piece.text))
      continue
    }
    block += piece.text
    size += bytes
  }
  end()
  return blocks
}

interface Piece {
  text: string
  isHeading: boolean
}

/** Runs of lines up to and with the blank lines after them; a fence is never ended by a blank line. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let lines = ''
  let isHeading = false
  let isAfterBlank = false
  let fence: string | null = null
  const end = () => {
    if (lines !== '') pieces.push({ text: lines, isHeading })
    lines = ''
    isAfterBlank = false
  }
  for (const line of linesOf(text)) {
    const isBlank = line.trim() === ''
    const beginsHeading = fence === null && HEADING.test(line.trimEnd())
    // What is indented after a blank line still belongs to the list item or code before it.
    if ((isAfterBlank && fence === null && !isBlank && !/^\s/.test(line)) || beginsHeading) end()
    if (lines === '') isHeading = beginsHeading
    lines += line
    fence = fenceAfter(fence, line)
    isAfterBlank = isBlank && fence === null
  }
  end()
  return pieces
}

/** The marks of the fence that is open after a line. */
function fenceAfter(open: string | null, line: string): string | null {
  const marks = FENCE.exec(line)?.[1]
  if (open === null) return marks && !(marks === '$$' && /\$\$.*\$\$/.test(line)) ? marks : null
  if (open === '$$') return line.trimEnd().endsWith('$$') ? null : open
  const closes = marks && marks[0] === open[0] && marks.length >= open.length && line.trim() === marks
  return closes ? null : open
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

function cutLines(text: string): string[] {
  const parts: string[] = []
  let part = ''
  let size = 0
  for (const line of linesOf(text).flatMap(cutLine)) {
    const bytes = Buffer.byteLength(line)
    if (size + bytes > MOST_BLOCK_BYTES) {
      parts.push(part)
      part = ''
      size = 0
    }
    part += line
    size += bytes
  }
  return part === '' ? parts : [...parts, part]
}

/** No character has more than four bytes, so a quarter of the bound always fits. */
function cutLine(line: string): string[] {
  if (Buffer.byteLength(line) <= MOST_BLOCK_BYTES) return [line]
  const characters = [...line]
  const step = MOST_BLOCK_BYTES / 4
  return Array.from({ length: Math.ceil(characters.length / step) }, (_, at) =>
    characters.slice(at * step, (at + 1) * step).join(''),
  )
}

/** The headings of a block in order, as their text without marks. */
export function headingsOf(text: string): BlockHeading[] {
  const found: BlockHeading[] = []
  let fence: string | null = null
  let before = ''
  for (const line of linesOf(text)) {
    const [, marks, words] = (fence === null && HEADING.exec(line.trimEnd())) || []
    const underline = fence === null && before !== '' ? UNDERLINE.exec(line.trimEnd())?.[1] : undefined
    if (marks) found.push({ level: marks.length, text: plainText(words ?? '') })
    else if (underline) found.push({ level: underline.startsWith('=') ? 1 : 2, text: plainText(before) })
    fence = fenceAfter(fence, line)
    before = fence === null && !marks && !underline && !/^ {0,3}(?:[>|*+-]|\d+[.)])|^ {4}/.test(line) ? line.trim() : ''
  }
  return found.slice(0, MOST_HEADINGS)
}

function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`~]+/g, '')
    .trim()
    .slice(0, MOST_HEADING_LENGTH)
}

const SUMMARY_LENGTH = 240

/** The first words of a text, without headings and marks. */
export function summaryOf(text: string): string {
  const words = text
    .replace(/\$\$[\s\S]*?\$\$/g, ' ')
    .replace(/\$([^$\n]+)\$/g, (_, tex: string) => tex.replace(/\\[a-z]+|[\\{},]/gi, ''))
    .split('\n')
    .filter((line) => !/^\s*(?:#{1,6}\s|[`~]{3}|[|=-]{2}|\$\$)/.test(line))
    .map((line) => plainText(line.replace(/^\s*(?:[>*+-]|\d+[.)])\s+/, '').replace(/\|/g, ' ')))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
  return [...words].slice(0, SUMMARY_LENGTH).join('')
}
