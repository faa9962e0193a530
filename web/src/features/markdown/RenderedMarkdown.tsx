import { useRouter } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { FormulaWriter } from './formula-rules.ts'
import classes from './Markdown.module.css'
import type { MarkdownProps } from './Markdown.tsx'
import { markdownRenderer } from './render-markdown.ts'

/** Nodes go into the page as they were sanitised: they are not written as HTML and read again. */
export function RenderedMarkdown({
  text,
  kind = 'article',
  prefix = 'text',
  onHeading,
  writeFormula,
}: MarkdownProps & { writeFormula: FormulaWriter | null }) {
  const holder = useRef<HTMLDivElement>(null)
  const router = useRouter()
  const render = useMemo(() => markdownRenderer(window, kind, writeFormula), [kind, writeFormula])
  useLayoutEffect(() => {
    holder.current?.replaceChildren(render(text, { prefix }))
  }, [render, text, prefix])

  useEffect(() => {
    const element = holder.current
    const follow = (event: MouseEvent) => {
      const href = event.target instanceof Element ? event.target.closest('a')?.getAttribute('href') : null
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
      if (!href || !isPlain || !/^[/#]/.test(href)) return
      event.preventDefault()
      if (href.startsWith('/')) router.history.push(href)
      else onHeading?.(decodeURIComponent(href.slice(1)))
    }
    element?.addEventListener('click', follow)
    return () => element?.removeEventListener('click', follow)
  }, [router, onHeading])

  return <div ref={holder} className={`${classes.text} ${kind === 'message' ? classes.message : ''}`} />
}

/** The export that a lazy component needs. */
export const PlainMarkdown = (props: MarkdownProps) => <RenderedMarkdown {...props} writeFormula={null} />
