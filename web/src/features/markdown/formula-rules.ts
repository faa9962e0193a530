import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'

/** TeX to HTML; what cannot be read is shown as it was written. */
export type FormulaWriter = (tex: string, isDisplayed: boolean) => string

const LONGEST = 4000

/**
 * Formulas as in Pandoc and on GitHub: `$…$` within a line, without a space inside the marks or a digit after the last,
 * so that prices stay prices; `$$…$$` on its own.
 */
export function formulaRules(markdown: MarkdownIt, write: FormulaWriter): void {
  markdown.inline.ruler.after('escape', 'formula', readInline)
  markdown.block.ruler.after('blockquote', 'formula', readBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
  const rule = (isDisplayed: boolean) => (tokens: { content: string }[], at: number) =>
    write(tokens[at]?.content ?? '', isDisplayed)
  markdown.renderer.rules.formula = rule(false)
  markdown.renderer.rules.formula_block = rule(true)
}

function readInline(state: StateInline, isSilent: boolean): boolean {
  const { src, pos, posMax } = state
  if (src[pos] !== '$') return false
  const marks = src[pos + 1] === '$' ? '$$' : '$'
  const from = pos + marks.length
  const to = closing(src, marks, from, Math.min(posMax, from + LONGEST))
  const content = src.slice(from, to)
  if (to < 0 || content.trim() === '') return false
  if (marks === '$' && (/^\s|\s$/.test(content) || /\d/.test(src[to + 1] ?? ''))) return false
  if (!isSilent) {
    const token = state.push(marks === '$' ? 'formula' : 'formula_block', 'math', 0)
    token.content = content.trim()
    token.markup = marks
  }
  state.pos = to + marks.length
  return true
}

/** Where the marks stand again before `end`, not escaped; −1: nowhere. */
function closing(text: string, marks: string, from: number, end: number): number {
  for (let at = text.indexOf(marks, from); at >= 0 && at < end; at = text.indexOf(marks, at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return at
  }
  return -1
}

function readBlock(state: StateBlock, first: number, end: number, isSilent: boolean): boolean {
  const lineAt = (line: number) => state.getLines(line, line + 1, state.blkIndent, false).trim()
  if ((state.sCount[first] ?? 0) - state.blkIndent >= 4 || !lineAt(first).startsWith('$$')) return false
  const opening = lineAt(first).slice(2)
  if (opening.includes('$')) return false
  let last = first + 1
  while (last < end && !lineAt(last).endsWith('$$') && (state.sCount[last] ?? 0) >= state.blkIndent) last += 1
  if (last >= end || !lineAt(last).endsWith('$$')) return false
  const content = [opening, state.getLines(first + 1, last, state.blkIndent, false), lineAt(last).slice(0, -2)].join(
    '\n',
  )
  if (content.length > LONGEST || content.trim() === '') return false
  if (isSilent) return true
  const token = state.push('formula_block', 'math', 0)
  token.block = true
  token.content = content.trim()
  token.map = [first, last + 1]
  token.markup = '$$'
  state.line = last + 1
  return true
}
