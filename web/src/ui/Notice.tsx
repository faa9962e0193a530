import type { ReactNode } from 'react'
import classes from './Notice.module.css'

interface Props {
  icon: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  isTrouble?: boolean
}

/** What stands where content would be: nothing yet, nothing found, or something broken, and what to do next. */
export function Notice({ icon, title, children, actions, isTrouble = false }: Props) {
  return (
    <section
      className={isTrouble ? `${classes.notice} ${classes.trouble}` : classes.notice}
      role={isTrouble ? 'alert' : undefined}
    >
      <div className={classes.icon}>{icon}</div>
      <h2 className={classes.title}>{title}</h2>
      {children && <p className={classes.text}>{children}</p>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </section>
  )
}
