import type { Project } from '@vesalius/contracts'
import type { ReactNode } from 'react'
import { ClassList } from './ClassList.tsx'
import { GuessBox } from './GuessBox.tsx'
import { MarkActions } from './MarkActions.tsx'
import { MarkList } from './MarkList.tsx'
import { ToolBar } from './ToolBar.tsx'
import { ToolSettings } from './ToolSettings.tsx'
import type { MarkingDesk } from './use-marking.ts'

interface Props {
  project: Project
  desk: MarkingDesk
  /** What else there is to say about the guesses. */
  children: ReactNode
}

/** Tools, classes, guesses and the list of marks. */
export function MarkPanel({ project, desk, children }: Props) {
  return (
    <div>
      <ToolBar desk={desk} />
      <ToolSettings desk={desk} />
      <ClassList project={project} desk={desk} />
      <GuessBox desk={desk} />
      {children}
      <MarkActions desk={desk} />
      <MarkList project={project} desk={desk} />
    </div>
  )
}
