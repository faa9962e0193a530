import type { PropsWithChildren } from 'react'
import classes from './PanelNotice.module.css'

/** A framed word about the image, above the panel's tools. `isNews`: read out when it appears. */
export function PanelNotice({
  title,
  isNews = false,
  children,
}: PropsWithChildren<{ title: string; isNews?: boolean }>) {
  return (
    <div className={classes.notice} role={isNews ? 'status' : undefined}>
      <strong>{title}</strong>
      {children}
    </div>
  )
}
