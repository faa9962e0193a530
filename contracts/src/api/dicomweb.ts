import { z } from 'zod'
import { DicomUid } from '../dicom-source.ts'
import { ProjectId } from '../ids.ts'
import { defineRoute } from '../route.ts'

/**
 * The DICOM images of a project for viewers of others, by the paths, queries and bodies of DICOMweb (DICOM PS3.18 sections 10.4
 * to 10.6): QIDO-RS, WADO-RS, STOW-RS. Queries are read by the service, since attributes may be named in many ways.
 */

const tag = 'dicomweb'
const JSON_TYPE = 'application/dicom+json'
const ofProject = z.object({ projectId: ProjectId })
const ofStudy = ofProject.extend({ studyUid: DicomUid })
const ofSeries = ofStudy.extend({ seriesUid: DicomUid })
const ofInstance = ofSeries.extend({ instanceUid: DicomUid })
const ofFrames = ofInstance.extend({ frameList: z.string().regex(/^\d{1,6}(,\d{1,6}){0,999}$/) })

const at = '/dicomweb/projects/:projectId'
const study = `${at}/studies/:studyUid` as const
const series = `${study}/series/:seriesUid` as const
const instance = `${series}/instances/:instanceUid` as const
const frames = `${instance}/frames/:frameList` as const
const get = { method: 'GET', tag, access: 'view', isAtRoot: true, responses: { 200: null } } as const
const post = { method: 'POST', tag, access: 'manage', isAtRoot: true, responses: { 200: null } } as const
const found = { ...get, produces: JSON_TYPE, responses: { 200: null, 204: null } } as const
const objects = { ...get, produces: 'multipart/related' } as const
const picture = { ...get, produces: 'image/jpeg' } as const

export const searchStudies = defineRoute({
  ...found,
  path: `${at}/studies`,
  summary: 'QIDO-RS: studies.',
  params: ofProject,
})
export const searchSeries = defineRoute({
  ...found,
  path: `${at}/series`,
  summary: 'QIDO-RS: series.',
  params: ofProject,
})
export const searchInstances = defineRoute({
  ...found,
  path: `${at}/instances`,
  summary: 'QIDO-RS: instances.',
  params: ofProject,
})
export const searchStudySeries = defineRoute({
  ...found,
  path: `${study}/series`,
  summary: 'QIDO-RS: series of a study.',
  params: ofStudy,
})
export const searchStudyInstances = defineRoute({
  ...found,
  path: `${study}/instances`,
  summary: 'QIDO-RS: instances of a study.',
  params: ofStudy,
})
export const searchSeriesInstances = defineRoute({
  ...found,
  path: `${series}/instances`,
  summary: 'QIDO-RS: instances of a series.',
  params: ofSeries,
})

export const retrieveStudy = defineRoute({
  ...objects,
  path: study,
  summary: 'WADO-RS: the files of a study.',
  params: ofStudy,
})
export const retrieveSeries = defineRoute({
  ...objects,
  path: series,
  summary: 'WADO-RS: the files of a series.',
  params: ofSeries,
})
export const retrieveInstance = defineRoute({
  ...objects,
  path: instance,
  summary: 'WADO-RS: a file.',
  params: ofInstance,
})
export const retrieveFrames = defineRoute({
  ...objects,
  path: frames,
  summary: 'WADO-RS: frames, numbered from 1, as stored or uncompressed.',
  params: ofFrames,
})

export const retrieveStudyMetadata = defineRoute({
  ...found,
  path: `${study}/metadata`,
  summary: 'WADO-RS: all but the pixels of a study.',
  params: ofStudy,
})
export const retrieveSeriesMetadata = defineRoute({
  ...found,
  path: `${series}/metadata`,
  summary: 'WADO-RS: all but the pixels of a series.',
  params: ofSeries,
})
export const retrieveInstanceMetadata = defineRoute({
  ...found,
  path: `${instance}/metadata`,
  summary: 'WADO-RS: all but the pixels of a file.',
  params: ofInstance,
})

export const retrieveRendered = defineRoute({
  ...picture,
  path: `${instance}/rendered`,
  summary: 'WADO-RS: the first frame as it is shown.',
  params: ofInstance,
})
export const retrieveRenderedFrame = defineRoute({
  ...picture,
  path: `${frames}/rendered`,
  summary: 'WADO-RS: a frame as it is shown.',
  params: ofFrames,
})
export const retrieveStudyThumbnail = defineRoute({
  ...picture,
  path: `${study}/thumbnail`,
  summary: 'WADO-RS: a small picture of a study.',
  params: ofStudy,
})
export const retrieveSeriesThumbnail = defineRoute({
  ...picture,
  path: `${series}/thumbnail`,
  summary: 'WADO-RS: a small picture of a series.',
  params: ofSeries,
})
export const retrieveInstanceThumbnail = defineRoute({
  ...picture,
  path: `${instance}/thumbnail`,
  summary: 'WADO-RS: a small picture of a file.',
  params: ofInstance,
})

export const storeInstances = defineRoute({
  ...post,
  path: `${at}/studies`,
  summary: 'STOW-RS: files become images of the project.',
  takes: 'multipart/related',
  produces: JSON_TYPE,
  params: ofProject,
})
export const storeStudyInstances = defineRoute({
  ...post,
  path: study,
  summary: 'STOW-RS: files of a study become images of the project; those of another study are refused.',
  takes: 'multipart/related',
  produces: JSON_TYPE,
  params: ofStudy,
})
