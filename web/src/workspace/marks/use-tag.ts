import type { Project } from '@vesalius/contracts'
import { useCallback } from 'react'
import { useNames } from '../../features/projects/default-names.ts'
import { useFormat } from '../../i18n/use-format.ts'
import type { Mark } from './mark.ts'
import { markKindOf } from './tools.ts'

/** What is written beside a mark: a box's class, and how sure the model is of a guess. */
export function useTag(project: Project): (mark: Mark) => string {
  const { className } = useNames()
  const format = useFormat()
  const isBox = markKindOf(project)?.kind === 'box'
  const { classes } = project
  // biome-ignore lint/correctness/useExhaustiveDependencies: the format changes with the language, as names do
  return useCallback(
    ({ class: value, score }) => {
      const name = isBox ? className(classes[value] ?? '') : ''
      return [name, score === null ? '' : format.percent(score)].filter(Boolean).join(' ')
    },
    [isBox, classes, format],
  )
}
