import type { MarkdownProps } from './Markdown.tsx'
import { RenderedMarkdown } from './RenderedMarkdown.tsx'
import { writeFormula } from './write-formula.ts'

/** Loaded with the first text that holds a formula. */
export const FormulaMarkdown = (props: MarkdownProps) => <RenderedMarkdown {...props} writeFormula={writeFormula} />
