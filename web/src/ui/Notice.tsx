import type { ReactNode } from 'react'
import classes from './Notice.module.css'

interface Props {
  icon: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  isTrouble?: boolean
  /** The notice is the whole page: its title is the page's. */
  isPage?: boolean
}

/** What stands where content would be: nothing yet, nothing found, or something broken, and what to do next. */
export function Notice({ icon, title, children, actions, isTrouble = false, isPage = false }: Props) {
  const Title = isPage ? 'h1' : 'h2'
  return (
    <section
      className={isTrouble ? `${classes.notice} ${classes.trouble}` : classes.notice}
      role={isTrouble ? 'alert' : undefined}
    >
      <div className={classes.icon}>{icon}</div>
      <Title className={classes.title}>{title}</Title>
      {children && <p className={classes.text}>{children}</p>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </section>
  )
}
