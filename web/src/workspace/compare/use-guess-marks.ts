import { useQuery } from '@tanstack/react-query'
import type { Image, LabelFile, Project } from '@vesalius/contracts'
import { useMemo } from 'react'
import { predictionsQuery } from '../../features/images/image-queries.ts'
import { marksFromLabel } from '../marks/label-marks.ts'
import type { Mark } from '../marks/mark.ts'

/** What the newest model said about an image, as marks; null while it is not known or there is none. */
export function useGuessMarks(project: Project, image: Image, isWanted: boolean): readonly Mark[] | null {
  const { data } = useQuery({ ...predictionsQuery(image.id), enabled: isWanted })
  const newest = data?.[0]?.data
  return useMemo(() => {
    if (!isWanted || !newest) return null
    const label = { type: project.taskType, data: newest } as LabelFile
    return marksFromLabel(label, project.classes, image)?.list ?? null
  }, [isWanted, newest, project.taskType, project.classes, image])
}
