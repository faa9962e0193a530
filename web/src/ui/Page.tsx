import type { ReactNode } from 'react'
import classes from './Page.module.css'

/** A page of reading width that scrolls inside the frame. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <div className={classes.scroller} data-scroller>
      <div className={classes.page}>{children}</div>
    </div>
  )
}
