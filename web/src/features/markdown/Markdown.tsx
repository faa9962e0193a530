import { lazy, Suspense } from 'react'
import classes from './Markdown.module.css'
import type { MarkdownKind } from './render-markdown.ts'

export interface MarkdownProps {
  text: string
  /** `message`: without headings and pictures, and line ends are kept. */
  kind?: MarkdownKind
  /** Of the ids of headings; letters, digits, `-` and `_`. */
  prefix?: string
  /** A link to `#heading` was followed. */
  onHeading?: (name: string) => void
}

const Plain = lazy(async () => ({ default: (await import('./RenderedMarkdown.tsx')).PlainMarkdown }))
const WithFormulas = lazy(async () => ({ default: (await import('./FormulaMarkdown.tsx')).FormulaMarkdown }))

/** Text of people as they meant it. It is shown as written until what reads it has been loaded. */
export function Markdown(props: MarkdownProps) {
  const Shown = props.text.includes('$') ? WithFormulas : Plain
  return (
    <Suspense fallback={<div className={classes.plain}>{props.text}</div>}>
      <Shown {...props} />
    </Suspense>
  )
}
