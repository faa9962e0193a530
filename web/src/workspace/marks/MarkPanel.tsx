import type { Project } from '@vesalius/contracts'
import { ClassList } from './ClassList.tsx'
import { GuessBox } from './GuessBox.tsx'
import { MarkActions } from './MarkActions.tsx'
import { MarkList } from './MarkList.tsx'
import { ToolBar } from './ToolBar.tsx'
import { ToolSettings } from './ToolSettings.tsx'
import type { MarkingDesk } from './use-marking.ts'

/** Tools, classes, guesses and the list of marks. */
export function MarkPanel({ project, desk }: { project: Project; desk: MarkingDesk }) {
  return (
    <div>
      <ToolBar desk={desk} />
      <ToolSettings desk={desk} />
      <ClassList project={project} desk={desk} />
      <GuessBox desk={desk} />
      <MarkActions desk={desk} />
      <MarkList project={project} desk={desk} />
    </div>
  )
}
