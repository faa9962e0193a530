import { type ReactNode, useEffect, useRef, useState } from 'react'
import classes from './Sections.module.css'

export interface Section {
  id: string
  title: string
  content: ReactNode
}

interface Props {
  /** What the list of sections is called. */
  label: string
  sections: readonly Section[]
}

/** A long page in sections, all of them there, with a list beside them that leads to each and tells which one is seen. */
export function Sections({ label, sections }: Props) {
  const body = useRef<HTMLDivElement>(null)
  const ids = sections.map(({ id }) => id).join(' ')
  const current = useSeen(body, ids)
  const goTo = (id: string) => {
    const section = document.getElementById(id)
    section?.scrollIntoView({ block: 'start' })
    section?.focus({ preventScroll: true })
  }
  return (
    <div className={classes.layout}>
      <nav className={classes.nav} aria-label={label}>
        <ul className={classes.list}>
          {sections.map(({ id, title }) => (
            <li key={id}>
              <button
                type="button"
                className={classes.link}
                aria-current={id === current ? 'true' : undefined}
                onClick={() => goTo(id)}
              >
                {title}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div ref={body} className={classes.body}>
        {sections.map(({ id, content }) => (
          <div key={id} id={id} className={classes.section} tabIndex={-1}>
            {content}
          </div>
        ))}
      </div>
    </div>
  )
}

/** The section at the upper edge of what is seen; at the end of the page, the last one. */
function useSeen(body: { current: HTMLDivElement | null }, ids: string): string | undefined {
  const [seen, setSeen] = useState(() => ids.split(' ')[0])
  useEffect(() => {
    const scroller = body.current?.parentElement?.closest('[data-scroller]')
    if (!scroller) return
    const look = () => {
      const edge = scroller.getBoundingClientRect().top + scroller.clientHeight / 4
      const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 4 && scroller.scrollTop > 0
      const all = ids.split(' ')
      const passed = all.filter((id) => (document.getElementById(id)?.getBoundingClientRect().top ?? edge) < edge)
      setSeen(isAtEnd ? all.at(-1) : (passed.at(-1) ?? all[0]))
    }
    scroller.addEventListener('scroll', look, { passive: true })
    return () => scroller.removeEventListener('scroll', look)
  }, [body, ids])
  return seen
}
