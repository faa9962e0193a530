import { queryOptions } from '@tanstack/react-query'
import { type DicomPush, type DicomSourceId, type ProjectId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'

const LOOK_EVERY_MS = 1500

export const dicomKeys = {
  sources: (projectId: string) => ['dicom-sources', projectId] as const,
  series: (sourceId: string, studyUid: string) => ['dicom-series', sourceId, studyUid] as const,
  pushes: (projectId: string) => ['dicom-pushes', projectId] as const,
}

export const isSending = ({ state }: DicomPush) => state === 'pending' || state === 'running'

export const dicomSourcesQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: dicomKeys.sources(projectId),
    queryFn: async ({ signal }) => (await call(routes.listDicomSources, { params: { projectId }, signal })).items,
  })

export const dicomSeriesQuery = (projectId: ProjectId, dicomSourceId: DicomSourceId, remoteStudyUid: string) =>
  queryOptions({
    queryKey: dicomKeys.series(dicomSourceId, remoteStudyUid),
    queryFn: async ({ signal }) =>
      (await call(routes.listDicomSeries, { params: { projectId, dicomSourceId, remoteStudyUid }, signal })).items,
    staleTime: 60_000,
  })

export const dicomPushesQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: dicomKeys.pushes(projectId),
    queryFn: async ({ signal }) => (await call(routes.listDicomPushes, { params: { projectId }, signal })).items,
    refetchInterval: ({ state }) => (state.data?.some(isSending) ? LOOK_EVERY_MS : false),
  })
