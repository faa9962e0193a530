import { z } from 'zod'
import {
  DicomPull,
  DicomPush,
  DicomPushRequest,
  DicomSearch,
  DicomSeries,
  DicomSource,
  DicomSourceSettings,
  DicomStudy,
  DicomUid,
} from '../dicom-source.ts'
import { DicomPushId, DicomSourceId, ProjectId } from '../ids.ts'
import { Import } from '../import.ts'
import { defineRoute } from '../route.ts'

const tag = 'dicom sources'
const inProject = z.object({ projectId: ProjectId })
const ofSource = inProject.extend({ dicomSourceId: DicomSourceId })
const shared = z.object({ sharedSourceId: DicomSourceId })
const manage = { tag, access: 'manage' } as const
const administrator = { tag, access: 'administrator' } as const

export const listDicomSources = defineRoute({
  ...manage,
  method: 'GET',
  path: '/projects/:projectId/dicom-sources',
  summary: 'DICOMweb servers of a project, and those of the installation.',
  params: inProject,
  responses: { 200: z.object({ items: z.array(DicomSource) }) },
})

export const createDicomSource = defineRoute({
  ...manage,
  method: 'POST',
  path: '/projects/:projectId/dicom-sources',
  summary: 'Add a DICOMweb server to a project.',
  params: inProject,
  body: DicomSourceSettings,
  responses: { 201: DicomSource },
})

export const changeDicomSource = defineRoute({
  ...manage,
  method: 'PUT',
  path: '/projects/:projectId/dicom-sources/:dicomSourceId',
  summary: 'Change a DICOMweb server of a project. A new address needs its secret again.',
  params: ofSource,
  body: DicomSourceSettings,
  responses: { 200: DicomSource },
})

export const deleteDicomSource = defineRoute({
  ...manage,
  method: 'DELETE',
  path: '/projects/:projectId/dicom-sources/:dicomSourceId',
  summary: 'Forget a DICOMweb server of a project, with its secret.',
  params: ofSource,
  responses: { 204: null },
})

export const createSharedDicomSource = defineRoute({
  ...administrator,
  method: 'POST',
  path: '/dicom-sources',
  summary: 'Add a DICOMweb server that everybody may use who manages a project.',
  body: DicomSourceSettings,
  responses: { 201: DicomSource },
})

export const changeSharedDicomSource = defineRoute({
  ...administrator,
  method: 'PUT',
  path: '/dicom-sources/:sharedSourceId',
  summary: 'Change a DICOMweb server of the installation. A new address needs its secret again.',
  params: shared,
  body: DicomSourceSettings,
  responses: { 200: DicomSource },
})

export const deleteSharedDicomSource = defineRoute({
  ...administrator,
  method: 'DELETE',
  path: '/dicom-sources/:sharedSourceId',
  summary: 'Forget a DICOMweb server of the installation, with its secret.',
  params: shared,
  responses: { 204: null },
})

export const searchDicomStudies = defineRoute({
  ...manage,
  method: 'POST',
  path: '/projects/:projectId/dicom-sources/:dicomSourceId/search',
  summary:
    'Ask a server for studies (QIDO-RS). What is searched for stands in the body, which no log of addresses keeps.',
  params: ofSource,
  body: DicomSearch,
  responses: { 200: z.object({ items: z.array(DicomStudy), hasMore: z.boolean() }) },
})

export const listDicomSeries = defineRoute({
  ...manage,
  method: 'GET',
  path: '/projects/:projectId/dicom-sources/:dicomSourceId/studies/:remoteStudyUid/series',
  summary: 'Ask a server for the series of a study.',
  params: ofSource.extend({ remoteStudyUid: DicomUid }),
  responses: { 200: z.object({ items: z.array(DicomSeries) }) },
})

export const pullDicom = defineRoute({
  ...manage,
  method: 'POST',
  path: '/projects/:projectId/dicom-sources/:dicomSourceId/imports',
  summary: 'Fetch studies or series from a server (WADO-RS) in the background, as an import.',
  params: ofSource,
  body: DicomPull,
  responses: { 202: Import },
})

export const pushObjects = defineRoute({
  ...manage,
  method: 'POST',
  path: '/projects/:projectId/dicom-sources/:dicomSourceId/pushes',
  summary: 'Send annotations to a server (STOW-RS) as DICOM segmentations or reports, in the background.',
  params: ofSource,
  body: DicomPushRequest,
  responses: { 202: DicomPush },
})

export const listDicomPushes = defineRoute({
  ...manage,
  method: 'GET',
  path: '/projects/:projectId/dicom-pushes',
  summary: 'The last hundred times annotations were sent, newest first.',
  params: inProject,
  responses: { 200: z.object({ items: z.array(DicomPush) }) },
})

export const cancelDicomPush = defineRoute({
  ...manage,
  method: 'DELETE',
  path: '/dicom-pushes/:dicomPushId',
  summary: 'Stop sending. What the server has taken stays there.',
  params: z.object({ dicomPushId: DicomPushId }),
  responses: { 200: DicomPush },
})
