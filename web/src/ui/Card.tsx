import type { ReactNode } from 'react'
import classes from './Card.module.css'

interface Props {
  title?: string
  text?: string | undefined
  aside?: ReactNode
  children?: ReactNode
}

export function Card({ title, text, aside, children }: Props) {
  return (
    <section className={classes.card}>
      {title && (
        <header className={classes.head}>
          <div>
            <h2 className={classes.title}>{title}</h2>
            {text && <p className={classes.text}>{text}</p>}
          </div>
          {aside}
        </header>
      )}
      {children && <div className={classes.body}>{children}</div>}
    </section>
  )
}
