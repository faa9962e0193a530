import { z } from 'zod'
import { Problem } from './errors.ts'
import { DicomPushId, DicomSourceId, ProjectId } from './ids.ts'
import { DuplicateChoice } from './import.ts'
import { ExportFilter, type FormatName, WorkProgress, WorkState } from './interchange.ts'
import { Timestamp } from './time.ts'

/** Servers that speak DICOMweb (DICOM PS3.18): archives of hospitals, from which images come and to which annotations go. */

/** Source: DICOM PS3.5 section 9.1. */
export const DicomUid = z
  .string()
  .max(64)
  .regex(/^\d+(\.\d+)*$/)
  .meta({ id: 'DicomUid' })

export const DicomSourceAuth = z.enum(['none', 'basic', 'bearer'])
export type DicomSourceAuth = z.infer<typeof DicomSourceAuth>

export const DicomSourceSettings = z
  .strictObject({
    /** As people call it. */
    name: z.string().trim().min(1).max(80),
    /** Below it lie `/studies` and the rest; without a trailing slash or with one. */
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .refine((url) => !/[?#]/.test(url), 'has no query'),
    auth: DicomSourceAuth.default('none'),
    /** Of `basic`. */
    username: z.string().max(200).default(''),
    /** The password or the token; never shown. Missing: as before. */
    secret: z.string().min(1).max(4000).optional(),
  })
  .meta({ id: 'DicomSourceSettings' })
export type DicomSourceSettings = z.infer<typeof DicomSourceSettings>

export const DicomSource = z
  .object({
    id: DicomSourceId,
    /** Null: of the whole installation. */
    projectId: ProjectId.nullable(),
    name: z.string(),
    url: z.string(),
    auth: DicomSourceAuth,
    username: z.string(),
    hasSecret: z.boolean(),
    updatedAt: Timestamp,
  })
  .meta({ id: 'DicomSource' })
export type DicomSource = z.infer<typeof DicomSource>

const day = z.iso.date()

/** All of it has to fit; names and numbers may have `*` and `?`. */
export const DicomSearch = z
  .strictObject({
    patientId: z.string().trim().min(1).max(64).optional(),
    patientName: z.string().trim().min(1).max(200).optional(),
    from: day.optional(),
    to: day.optional(),
    modality: z
      .string()
      .trim()
      .regex(/^[A-Z0-9_ ]{1,16}$/)
      .optional(),
    accession: z.string().trim().min(1).max(64).optional(),
    limit: z.int().min(1).max(100).default(25),
    offset: z.int().min(0).max(100_000).default(0),
  })
  .meta({ id: 'DicomSearch' })
export type DicomSearch = z.infer<typeof DicomSearch>

/** What a server says of a study; null is what it does not say. */
export const DicomStudy = z
  .object({
    studyUid: DicomUid,
    patientId: z.string().nullable(),
    patientName: z.string().nullable(),
    date: z.string().nullable(),
    description: z.string().nullable(),
    accession: z.string().nullable(),
    modalities: z.array(z.string()),
    series: z.int().nullable(),
    instances: z.int().nullable(),
  })
  .meta({ id: 'DicomStudy' })
export type DicomStudy = z.infer<typeof DicomStudy>

export const DicomSeries = z
  .object({
    seriesUid: DicomUid,
    number: z.int().nullable(),
    modality: z.string().nullable(),
    description: z.string().nullable(),
    bodyPart: z.string().nullable(),
    instances: z.int().nullable(),
  })
  .meta({ id: 'DicomSeries' })
export type DicomSeries = z.infer<typeof DicomSeries>

/** A study, or some of its series. */
export const DicomSelection = z.strictObject({
  studyUid: DicomUid,
  seriesUids: z.array(DicomUid).min(1).max(1000).optional(),
})
export type DicomSelection = z.infer<typeof DicomSelection>

export const DicomPull = z
  .strictObject({ selections: z.array(DicomSelection).min(1).max(500), duplicates: DuplicateChoice.optional() })
  .meta({ id: 'DicomPull' })

/** Formats of annotations that a DICOMweb server keeps. */
export const OBJECT_FORMATS = ['dicom-seg', 'dicom-sr'] as const satisfies readonly FormatName[]
export const ObjectFormat = z.enum(OBJECT_FORMATS)
export type ObjectFormat = z.infer<typeof ObjectFormat>

export const DicomPushRequest = z
  .strictObject({ format: ObjectFormat, filter: ExportFilter.default({}) })
  .meta({ id: 'DicomPushRequest' })

/** Annotations on their way to a server. */
export const DicomPush = z
  .object({
    id: DicomPushId,
    projectId: ProjectId,
    /** As the server was called then. */
    sourceName: z.string(),
    format: ObjectFormat,
    state: WorkState,
    /** Of images, later of objects. */
    progress: WorkProgress,
    result: z
      .object({
        images: z.int(),
        marks: z.int(),
        /** Objects the server took, and those it refused. */
        stored: z.int(),
        refused: z.int(),
        /** De-identified images that the server does not know: an object made of them would belong to no study there. */
        leftOut: z.int(),
      })
      .nullable(),
    /** In English; the first of them. */
    notes: z.array(z.string()),
    problem: Problem.nullable(),
    createdAt: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'DicomPush' })
export type DicomPush = z.infer<typeof DicomPush>
