import type { ReactNode } from 'react'
import classes from './TrainingPage.module.css'

/** One figure under its name, with a word on what it means. */
export function Figure({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div>
      <div className={classes.label}>{label}</div>
      <div className={classes.value}>{value}</div>
      <div className={classes.help}>{children}</div>
    </div>
  )
}
