import { queryOptions } from '@tanstack/react-query'
import { type ImageId, type ProjectId, routes, type StudyId } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

export const studiesQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.studies(projectId),
    queryFn: async ({ signal }) => (await call(routes.listStudies, { params: { projectId }, signal })).items,
  })

export const agreementQuery = (studyId: StudyId) =>
  queryOptions({
    queryKey: keys.agreement(studyId),
    queryFn: ({ signal }) => call(routes.getAgreement, { params: { studyId }, signal }),
    staleTime: 0,
  })

export const readingsQuery = (studyId: StudyId, imageId: ImageId) =>
  queryOptions({
    queryKey: keys.readings(studyId, imageId),
    queryFn: ({ signal }) => call(routes.listReadings, { params: { studyId, imageId }, signal }),
    staleTime: 0,
  })

export const goldQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.gold(projectId),
    queryFn: ({ signal }) => call(routes.listGold, { params: { projectId }, signal }),
    staleTime: 0,
  })

export const ownGoldQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.ownGold(projectId),
    queryFn: async ({ signal }) => (await call(routes.getGoldScore, { params: { projectId }, signal })).score,
    staleTime: 0,
  })
